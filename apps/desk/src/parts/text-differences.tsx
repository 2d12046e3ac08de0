import { differences } from '@lvzhi/domain';
import { useMemo } from 'react';
import type { ReactNode } from 'react';

/** What was taken out and what was put in, in reading order; texts only, never markup. */
export function TextDifferences({ before, after }: { before: string; after: string }): ReactNode {
  const pieces = useMemo(() => differences(before, after), [before, after]);
  return <div className="text">{pieces.map(({ kind, text }, index) => {
    const key = `${index} ${kind}`;
    return kind === 'same' ? <span key={key}>{text}</span> : kind === 'out' ? <del className="out" key={key}>{text}</del> : <ins className="in" key={key}>{text}</ins>;
  })}</div>;
}
