const paths = {
  queue: 'M4 6h16M4 12h16M4 18h10',
  find: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5',
  operations: 'M3 12h4l2.500 7 4-15 3 8h4.500',
  team: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.4a3.5 3.5 0 0 1 0 6.3M18 14.9c2 .7 3.3 2.400 3.500 5.100',
  statistics: 'M5 20V11M12 20V4M19 20v-6',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5',
  keys: 'M3 7h18v10H3zM6.500 10.500h.01M10 10.500h.01M14 10.500h.01M17.500 10.500h.01M8 14h8',
  signOut: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  back: 'M15 5l-7 7 7 7',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  close: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 8v4.500l3 2',
  alert: 'M12 4l9 16H3zM12 10v4.500M12 17.300h.01',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.6-4 3.500-6 7.500-6s6.900 2 7.500 6',
  calendar: 'M4 6.500h16v13.500H4zM4 10.500h16M8.500 3.500v4M15.500 3.500v4',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  download: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14',
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: what it means stands beside it in words, or in the label of what it is in. */
export const Icon = ({ name, turns = false }: { readonly name: IconName; readonly turns?: boolean }) => (
  <svg className={turns ? 'icon turns' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);

export const Star = () => (
  <svg className="star" viewBox="-1 -1 2 2" aria-hidden="true">
    <path d="M-.5-.5h1v1h-1zM0-.707L.707 0 0 .707-.707 0z" />
  </svg>
);
