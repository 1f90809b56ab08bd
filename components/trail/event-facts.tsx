import classes from "@/components/trail/trail.module.css";
import type { EventFact } from "@/lib/domain/audit/event-facts";

/** What an event tells: before and after where it says both, otherwise what it says. */
export function EventFacts({ facts }: { readonly facts: readonly EventFact[] }) {
  if (facts.length === 0) return null;
  const changed = facts.some(({ before }) => before !== null);
  return (
    <table className={classes.facts}>
      {changed ? (
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
      ) : null}
      <tbody>
        {facts.map(({ term, before, after }) => (
          <tr key={term}>
            <th scope="row">{term}</th>
            {before === null ? null : <td className={before === after ? undefined : classes.before}>{before}</td>}
            <td colSpan={changed && before === null ? 2 : 1}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
