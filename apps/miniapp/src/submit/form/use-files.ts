import { useEffect, useRef, useState } from 'react';
import { useLatest } from '../../parts/use-latest.ts';
import { newKey } from '../../platform/keys.ts';
import type { DraftFile } from '../../platform/draft.ts';
import { online } from '../../platform/network.ts';
import { holdOnTo, upload } from '../../platform/upload.ts';
import type { Chosen } from '../../platform/upload.ts';
import { Failure, reasonOf } from '../../platform/wire.ts';
import type { Editor } from './use-editor.ts';

/** How far a file is: a percentage, waiting for the network, or refused with the reason. Sent ones have an id and no state. */
export type FileState = { readonly percent: number } | { readonly waiting: true } | { readonly refused: string };
export interface Files {
  readonly states: Readonly<Record<string, FileState>>; readonly add: (chosen: readonly Chosen[], maxBytes: number, seal?: true) => void;
  readonly remove: (key: string) => void; readonly settle: () => Promise<void>;
}
const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);
/** A browser forgets what was chosen when the page is loaded anew. */
const lost = (file: DraftFile): boolean => file.id === null && file.path?.startsWith('blob:') === true;

/** Sends the attachments while the person goes on writing; what fails for want of a network is sent again when it is back, under the same key. */
export function useFiles({ draft, latest, edit, save }: Editor): Files {
  const [states, setStates] = useState<Record<string, FileState>>(() => Object.fromEntries(draft.files.filter(lost).map(({ key }) => [key, { refused: '请删去后重新选' }])));
  const known = useRef(states);
  const running = useRef(new Map<string, Promise<void>>());
  const connected = online.use();
  const mark = (key: string, state: FileState | undefined) => {
    const others = Object.entries(known.current).filter(([name]) => name !== key);
    known.current = Object.fromEntries(state ? [...others, [key, state]] : others);
    setStates(known.current);
  };
  const change = (key: string, next: Partial<DraftFile>) => { edit({ files: latest().files.map((file) => (file.key === key ? { ...file, ...next } : file)) }); save(); };
  const send = async (file: DraftFile) => {
    if (file.path === null) return;
    mark(file.key, { percent: 0 });
    try {
      const { id, picture } = await upload({ path: file.path, name: file.name }, file.key, (percent) => { mark(file.key, { percent }); });
      mark(file.key, undefined);
      change(file.key, { id, picture });
    } catch (error) {
      const retry = error instanceof Failure && (error.status === 0 || error.status >= 500 || error.status === 401);
      mark(file.key, retry ? { waiting: true } : { refused: reasonOf(error) });
    }
  };
  const start = (file: DraftFile): Promise<void> => {
    const begun = running.current.get(file.key) ?? send(file).finally(() => { running.current.delete(file.key); });
    running.current.set(file.key, begun);
    return begun;
  };
  const unsent = () => latest().files.filter(({ id, path, key }) => id === null && path !== null && !('refused' in (known.current[key] ?? {})));
  const settle = async () => { await Promise.all(unsent().map(start)); };
  const settling = useLatest(settle);
  useEffect(() => { if (connected) void settling.current(); }, [connected, settling]);

  const add = (chosen: readonly Chosen[], maxBytes: number, seal?: true) => {
    const files = chosen.map(({ path, name, size, picture }): DraftFile => ({ key: newKey(), name, size, picture, path, id: null, ...(seal && { seal }) }));
    edit({ files: [...latest().files, ...files] });
    for (const file of files) {
      if (file.size > maxBytes) mark(file.key, { refused: `超过 ${megabytes(maxBytes)} MB，传不了` });
      else void holdOnTo(file.path ?? '').then((path) => { change(file.key, { path }); return start({ ...file, path }); });
    }
  };
  const remove = (key: string) => { mark(key, undefined); edit({ files: latest().files.filter((file) => file.key !== key) }); save(); };
  return { states, add, remove, settle };
}
