import { useEffect, useState } from 'react';

let offset = 0;
/** The server's instant as it answered; the device's own clock is never shown. */
export const setClock = (now: string): void => { offset = Date.parse(now) - Date.now(); };
export const serverNow = (): Date => new Date(Date.now() + offset);

/** The server's instant, looked at again every few seconds. */
export function useNow(everyMs = 10_000): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => { const timer = setInterval(() => setNow(serverNow()), everyMs); return () => clearInterval(timer); }, [everyMs]);
  return now;
}
