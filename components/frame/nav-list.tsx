import classes from "@/components/frame/frame.module.css";
import { NavIcon } from "@/components/frame/nav-icon";
import type { NavLink } from "@/components/frame/navigation";
import { Link } from "@/components/kit/link";

/** A list of the rail's links under a small heading; `active` is the page one is on. */
export function NavList(props: {
  readonly heading?: string;
  readonly links: readonly NavLink[];
  readonly active: NavLink | null;
  readonly onNavigate?: () => void;
}) {
  return (
    <>
      {props.heading ? <p className={classes.group}>{props.heading}</p> : null}
      <ul className={classes.links}>
        {props.links.map((link) => (
          <li key={link.href}>
            <Link
              href={link.href}
              className={classes.link}
              aria-current={link.href === props.active?.href ? "page" : undefined}
              onClick={props.onNavigate}
            >
              <NavIcon name={link.name} />
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
