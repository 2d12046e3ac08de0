import type { ReactNode } from 'react';

const drawings = {
  inbox: <><path d="M4 13l2.2-7.2A1.5 1.5 0 017.6 4.7h8.8a1.5 1.5 0 011.4 1.1L20 13v5a1.5 1.5 0 01-1.5 1.5h-13A1.5 1.5 0 014 18z" /><path d="M4 13h4.5l1.2 2.2h4.6l1.2-2.2H20" /></>,
  checkc: <><circle cx="12" cy="12" r="8.5" /><path d="M8.2 12.3l2.7 2.7 5-5.4" /></>,
  check: <path d="M5 12.5l4.6 4.5L19 7.5" />,
  msg: <path d="M4 5.5h16v11H11l-4.5 3.5v-3.5H4z" />,
  doc: <><path d="M6 3.5h8l4.5 4.5v12.5h-12.5z" /><path d="M14 3.5V8h4.5M9 12.5h6M9 16h6" /></>,
  users: <><circle cx="9" cy="9" r="3.3" /><path d="M3 19.5a6 6 0 0112 0" /><path d="M15.5 6a3.2 3.2 0 010 6.2M17.5 14.6a6 6 0 013.5 4.9" /></>,
  lock: <><rect x="5" y="10.5" width="14" height="9.5" rx="2" /><path d="M8 10.5V8a4 4 0 018 0v2.5" /></>,
  clock: <><circle cx="12" cy="12" r="8.5" /><path d="M12 7.2V12l3.2 2" /></>,
  alert: <><path d="M12 4.2l8.6 15H3.4z" /><path d="M12 10v4.2M12 16.8v.1" /></>,
  info: <><circle cx="12" cy="12" r="8.5" /><path d="M12 11v5M12 7.9v.1" /></>,
  route: <><circle cx="6" cy="18" r="2.3" /><circle cx="18" cy="6" r="2.3" /><path d="M8.3 18H14a3 3 0 003-3v-.2a3 3 0 00-3-3h-4a3 3 0 01-3-3V8.7A2.7 2.7 0 019.7 6h6" /></>,
  right: <path d="M9.5 5.5L16 12l-6.5 6.5" />,
  left: <path d="M14.5 5.5L8 12l6.5 6.5" />,
  clip: <path d="M18.5 11.5l-6.8 6.8a4 4 0 01-5.7-5.7l7.3-7.3a2.7 2.7 0 013.8 3.8l-7.2 7.2a1.3 1.3 0 01-1.9-1.9l6.3-6.3" />,
  plus: <path d="M12 5v14M5 12h14" />,
  book: <><path d="M5 4.5h10.5a2 2 0 012 2v13H7a2 2 0 01-2-2z" /><path d="M5 17.5a2 2 0 012-2h10.5M9 8.5h4.5" /></>,
  house: <><path d="M4.5 19.5V9l7.5-4.5L19.5 9v10.5z" /><path d="M9.5 19.5v-5h5v5M8.5 10.7h.1M15.4 10.7h.1" /></>,
  grid: <path d="M4.5 4.5h15v15h-15zM4.5 9.5h15M4.5 14.5h15M9.5 4.5v15M14.5 4.5v15" />,
  cal: <><rect x="4" y="5.5" width="16" height="14.5" rx="2" /><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4M8.5 14h.1M12 14h.1M15.5 14h.1" /></>,
  search: <><circle cx="11" cy="11" r="6" /><path d="M15.5 15.5L20 20" /></>,
  pen: <path d="M5 19l1-4L16 5l3 3L9 18zM13.5 7.5l3 3" />,
  send: <><path d="M20.5 3.5L3.5 10.8l6.4 2.8 2.8 6.4z" /><path d="M20.5 3.5L9.9 13.6" /></>,
  phone: <path d="M5 4.5h3.6l1.7 4.2-2.2 1.6a11 11 0 005.6 5.6l1.6-2.2 4.2 1.7V19a1.5 1.5 0 01-1.6 1.5A15.5 15.5 0 013.5 6.1 1.5 1.5 0 015 4.5z" />,
  off: <path d="M4 4l16 16M8.5 6.5A6 6 0 0117.8 11 4 4 0 0119.5 18M15.5 18.5H7.5a4.5 4.5 0 01-1.2-8.8" />,
} as const;
export type IconName = keyof typeof drawings;

/** Beside a word always; it says nothing of its own. */
export const Icon = ({ name }: { name: IconName }): ReactNode =>
  <svg className="ic" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">{drawings[name]}</svg>;

const seats = Array.from({ length: 7 }, (_, seat) => { const angle = -Math.PI / 2 + (seat * 2 * Math.PI) / 7; return { x: 16 + 11.2 * Math.cos(angle), y: 16 + 11.2 * Math.sin(angle), member: seat === 0 }; });
/** A round table with seven seats; the cinnabar one is the member's. */
export const Mark = ({ size = 30 }: { size?: number }): ReactNode =>
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <circle cx="16" cy="16" r="5.2" fill="none" stroke="var(--brand)" strokeWidth="2.2" />
    {seats.map(({ x, y, member }) => <circle key={x + y} cx={x.toFixed(2)} cy={y.toFixed(2)} r={member ? 2.9 : 2.3} fill={member ? 'var(--seal)' : 'var(--brand)'} />)}
  </svg>;
