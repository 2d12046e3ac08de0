import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { serverNow } from '../platform/clock.ts';
import { useKeys } from '../platform/keys.ts';
import { problemOf } from '../platform/problem.ts';
import { moved, storeOf, undone } from '../platform/signal.ts';

/** `until`: the instant up to which the server lets it be undone. */
interface Said { readonly words: string; readonly undo?: () => Promise<string>; readonly until?: string }
const toast = storeOf<Said | null>(null);

/** Says what was done, for ten seconds, with 撤销 where the server allows it. `undo` answers what to say after. */
export function announce(said: Said): void {
  moved.fire();
  toast.set(said);
}

/** The one toast of the page: press Z or 撤销. */
export function UndoToast(): ReactNode {
  const said = toast.use();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!said) return undefined;
    const left = said.until ? Date.parse(said.until) - serverNow().getTime() : 6000;
    const timer = setTimeout(() => { if (toast.get() === said) toast.set(null); }, Math.max(1500, left));
    return () => clearTimeout(timer);
  }, [said]);
  const takeBack = async () => {
    if (!said?.undo || busy) return;
    setBusy(true);
    try {
      const words = await said.undo();
      undone.fire();
      announce({ words });
    } catch (error) { undone.fire(); announce({ words: `没有撤销：${problemOf(error).reason}` }); } finally { setBusy(false); }
  };
  useKeys({ z: said?.undo ? () => void takeBack() : undefined });
  return <div role="status" aria-live="polite">{said && <div className="toast"><span className="ell">{said.words}</span>
    {said.undo && <button type="button" disabled={busy} onClick={() => void takeBack()}>撤销 <kbd>Z</kbd></button>}</div>}</div>;
}
