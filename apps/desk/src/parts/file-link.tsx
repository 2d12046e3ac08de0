import type { FileView } from '@lvzhi/contracts';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { useRun } from '../platform/run.ts';
import { Btn } from './button.tsx';
import { Icon } from './icons.tsx';
import { ProblemNote } from './states.tsx';

const sizeWords = (bytes: number): string => (bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

/** One file that came with a text, opened in a tab of its own; `note` says what it is, `children` what else may be done with it. */
export function FileLink({ file, note, children }: { file: Omit<FileView, 'type'>; note?: string; children?: ReactNode }): ReactNode {
  const { busy, problem, run } = useRun();
  const open = () => void run(async () => { const { url } = await api.openFile({ id: file.id }); window.open(url, '_blank', 'noopener'); });
  return <div className="part"><div className="rowx"><Icon name="clip" />{note && <span className="tag">{note}</span>}<span className="grow ell">{file.name}</span><span className="cap num">{sizeWords(file.size)}</span><Btn small busy={busy} onClick={open}>{file.picture ? '看图片' : '打开'}</Btn>{children}</div><ProblemNote problem={problem} /></div>;
}
