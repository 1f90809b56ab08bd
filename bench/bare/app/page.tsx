/** A page without a script of its own: the browser loads what Next itself brings. */
export default function BarePage() {
  return <p>Bare</p>;
}
