/** The mark and the egret: the only pictures of the portal. */
import { Link } from "@tanstack/react-router";

/** The square mark. */
export function Mark() {
  return (
    <svg viewBox="0 0 48 48" role="img" aria-label="鹭易">
      <rect width="48" height="48" rx="11" fill="#0B5F75" />
      <path
        d="M31.6 10.2c-3.4-1.9-7.4-.2-7.6 3.4-.2 3 2.6 4.3 3.5 7 1 3-.6 5.6-4 7.3-3.6 1.8-8.3 3.3-13 7.3 6.2 1.5 14.6 1.3 19.2-2.8 4.5-4 4.3-9.3 2.3-13.2-1.3-2.6-3-3.7-2.8-5.5.1-1 .9-1.6 2-1.5l8.3 1.1-7.9-3.1Z"
        fill="#fff"
      />
      <path d="M23 33.6v6.2M27 32.4v7.4" stroke="#fff" strokeWidth="1.5" strokeLinecap="round" />
      <path d="M10 41.5c4-1.6 8-1.6 12 0s12 1.6 16 0" stroke="#F2A93B" strokeWidth="1.8" fill="none" strokeLinecap="round" />
    </svg>
  );
}

/** Mark and name, leading to the portal home. */
export function Brand({ name, under }: { readonly name: string; readonly under: string }) {
  return (
    <Link className="brand" to="/">
      <Mark />
      <span>
        <b>{name}</b>
        <i>{under}</i>
      </span>
    </Link>
  );
}

const egret =
  "M31.6 4.2c-3.4-1.9-7.4-.2-7.6 3.4-.2 3 2.6 4.3 3.5 7 1 3-.6 5.6-4 7.3-3.6 1.8-8.3 3.3-13 7.3 6.2 1.5 14.6 1.3 19.2-2.8 4.5-4 4.3-9.3 2.3-13.2-1.3-2.6-3-3.7-2.8-5.5.1-1 .9-1.6 2-1.5l8.3 1.1-7.9-3.1Z";

/** The standing egret of the home page, white on the sea. */
export function StandingEgret() {
  return (
    <svg className="egret" viewBox="0 0 300 108" width="300" height="108" aria-hidden="true">
      <g transform="translate(150 0) scale(2.1)">
        <path d={egret} fill="#fff" />
        <path d="M23 28v16M26.5 27v17" stroke="#fff" strokeWidth="1" />
      </g>
      <ellipse cx="203" cy="95" rx="46" ry="5" fill="none" stroke="#7FB3BF" />
      <ellipse cx="203" cy="95" rx="84" ry="9" fill="none" stroke="#5D97A5" opacity=".7" />
    </svg>
  );
}

/** The same bird in line, for empty places. */
export function LineEgret() {
  return (
    <svg viewBox="6 0 40 48" fill="none" stroke="currentColor" strokeWidth="1.1" aria-hidden="true">
      <path d={egret} />
      <path d="M23 28v14M26.5 27v15M12 43.500c6-1.500 16-1.500 26 0" strokeLinecap="round" />
    </svg>
  );
}
