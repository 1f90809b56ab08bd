/** The product's sign: a balance of two weights, one held up by what counters it. Decorative. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0d6475" />
      <path d="M7 12.5 25 9.5M16 8v15M11 24h10" stroke="#fff" strokeWidth="2" strokeLinecap="round" fill="none" />
      <path d="M4.5 18.5 7.5 12l3 6.5a3.2 3.2 0 0 1-6 0Z" fill="#fff" />
      <path d="M21.5 16 24.5 9.5l3 6.5a3.2 3.2 0 0 1-6 0Z" fill="#a9d5dd" />
    </svg>
  );
}
