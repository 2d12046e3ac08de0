import type { FoundRow } from '@lvzhi/contracts';
import type { ReactNode } from 'react';

/** A text with what was sought marked in it. Each piece is a text node: whatever somebody wrote stays letters. */
export const Hits = ({ pieces }: { pieces: FoundRow['hits']['title'] }): ReactNode =>
  pieces.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>));
