/** The icon set: 20 px grid, 1.6 stroke, always beside a word. A new icon is drawn here or not at all. */
import type { ReactNode } from "react";

const drawings = {
  check: <path d="m4 10.5 4 4 8-9" />,
  cross: <path d="m5 5 10 10M15 5 5 15" />,
  lock: (
    <>
      <rect x="4" y="9" width="12" height="8" rx="1.5" />
      <path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" />
    </>
  ),
  unlock: (
    <>
      <rect x="4" y="9" width="12" height="8" rx="1.5" />
      <path d="M6.5 9V6.5a3.5 3.5 0 0 1 6.8-1.2" />
    </>
  ),
  shield: (
    <>
      <path d="M10 2.5 4 5v4.5c0 4 2.6 6.6 6 8 3.4-1.4 6-4 6-8V5l-6-2.5Z" />
      <path d="m7.3 10 2 2 3.6-4" />
    </>
  ),
  bell: <path d="M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13L5 14ZM8.3 17.5h3.4" />,
  letters: <path d="M2.5 16 7 4.5 11.5 16M4 12.3h6M13 16l2.3-6L17.6 16M13.7 14.2h3.2" />,
  scales: <path d="M10 3v14M6 17h8M4 6h12M4 6l-2 5a2.2 2.2 0 0 0 4 0L4 6Zm12 0-2 5a2.2 2.2 0 0 0 4 0l-2-5Z" />,
  search: (
    <>
      <circle cx="9" cy="9" r="5.5" />
      <path d="m13.2 13.2 4 4" />
    </>
  ),
  hammer: <path d="m8 6 6 6M6.3 7.7 9.7 4.3M12.3 13.7l3.4-3.4M10.8 8.8 4 15.6M3 17.5h8" />,
  right: <path d="m8 5 5 5-5 5" />,
  down: <path d="m5 8 5 5 5-5" />,
  print: <path d="M6 7.5V3h8v4.5M6 14H3.5V7.5h13V14H14M6 12h8v5H6z" />,
  document: (
    <>
      <path d="M5 2.8h6.5L15.5 7v10.2H5z" />
      <path d="M11.3 2.8V7h4.2M7.5 10.5h5.5M7.5 13.5h5.5" />
    </>
  ),
  warning: <path d="M10 3 2.5 16.5h15L10 3ZM10 8.2v4M10 14.4v.1" />,
  person: (
    <>
      <circle cx="10" cy="6.8" r="3.3" />
      <path d="M3.8 17c.6-3.4 3-5 6.2-5s5.6 1.6 6.2 5" />
    </>
  ),
  wallet: (
    <>
      <path d="M3 6.2h12.5a1.5 1.5 0 0 1 1.5 1.5v7.6H4.5A1.5 1.5 0 0 1 3 13.8V5.5A1.5 1.5 0 0 1 4.5 4H14" />
      <circle cx="13.5" cy="10.8" r=".8" />
    </>
  ),
  download: <path d="M10 3v9.5M6 9l4 4 4-4M4 16.8h12" />,
  upload: <path d="M10 12.5V3M6 7l4-4 4 4M4 16.8h12" />,
  home: <path d="m3 9.5 7-6 7 6M5 8.5V17h10V8.5" />,
  list: <path d="M7 5h10M7 10h10M7 15h10M3.2 5h.1M3.2 10h.1M3.2 15h.1" />,
  building: <path d="M3 17.5V7l6-3.5V17.5M9 8l8 2.5v7M2 17.5h16M5.7 9.5v.1M5.7 13v.1M12.5 13v.1" />,
  calendar: (
    <>
      <rect x="3" y="4.5" width="14" height="12.5" rx="1.5" />
      <path d="M3 8.5h14M7 2.8v3M13 2.8v3" />
    </>
  ),
  flag: <path d="M5 17.5v-14h9.5l-2 3.5 2 3.5H5" />,
  code: <path d="M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h2v2M16.5 11.5v.1M16.5 14v2.5h-3" />,
  speaker: <path d="M3 8v4h3l4 3.5v-11L6 8H3ZM13 7.5a4 4 0 0 1 0 5M15.2 5.5a7 7 0 0 1 0 9" />,
  speech: <path d="M3 4.5h14v9.5H9l-4 3v-3H3z" />,
  eye: (
    <>
      <path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5Z" />
      <circle cx="10" cy="10" r="2.3" />
    </>
  ),
  stamp: <path d="M10 2.5c1.8 0 2.7 1.4 2.2 3-.4 1.4-.7 2.6 1 3.5H16v4H4V9h2.8c1.7-.9 1.4-2.1 1-3.5-.5-1.6.4-3 2.2-3ZM4 16.5h12" />,
  key: (
    <>
      <circle cx="6.5" cy="13.5" r="3" />
      <path d="m8.8 11.2 7.2-7.2M13 6.5l2.5 2.5M11 9l1.8 1.8" />
    </>
  ),
  clock: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6v4.2l2.8 1.8" />
    </>
  ),
} satisfies Record<string, ReactNode>;

/** Name of a drawing in the set. */
export type IconName = keyof typeof drawings;

/** One icon; decorative, because it always stands beside a word. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      {drawings[name]}
    </svg>
  );
}
