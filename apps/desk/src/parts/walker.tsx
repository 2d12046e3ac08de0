import type { ReactNode } from 'react';
import { Btn } from './button.tsx';
import { Icon } from './icons.tsx';
import type { Neighbours } from './walk.ts';

/** 上一件 and 下一件 of the list that one came from. */
export function Walker({ walk, to }: { walk: Neighbours; to: (id: string | undefined) => void }): ReactNode {
  return <span className="rowx tight"><Btn small hotkey="K" disabled={!walk.previous} onClick={() => to(walk.previous)}><Icon name="left" />上一件</Btn>
    <span className="sub num">{walk.at} / {walk.total}</span><Btn small hotkey="J" disabled={!walk.next} onClick={() => to(walk.next)}>下一件</Btn></span>;
}
