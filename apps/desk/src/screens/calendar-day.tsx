import { dateWords, weekdayOf, weekdayWords } from '@lvzhi/domain';
import type { SpecialDay } from '@lvzhi/domain';
import { Modal, Radio } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { TextField } from '../parts/fields.tsx';
import { useCover } from '../platform/keys.ts';

interface Props { on: string; day: SpecialDay | null; close: () => void; keep: (day: SpecialDay | null) => void }
/** One day of the calendar: as every week, off, or a make-up day. It is only put into the draft here. */
export function DayForm({ on, day, close, keep }: Props): ReactNode {
  useCover(true);
  const weekend = [0, 6].includes(weekdayOf(on));
  const [draft, setDraft] = useState<{ kind: 'plain' | 'rest' | 'work'; name: string }>({ kind: day?.kind ?? 'plain', name: day?.name ?? '' });
  const [wrong, setWrong] = useState('');
  const send = () => {
    if (draft.kind === 'plain') keep(null);
    else if (draft.name.trim() === '') setWrong(`请写这一天为什么${draft.kind === 'rest' ? '放假' : '上班'}，如“国庆节”`);
    else keep({ on, kind: draft.kind, name: draft.name.trim() });
  };
  return <Modal open onCancel={close} width={420} title={`${dateWords(on)} ${weekdayWords(weekdayOf(on))}`} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={close}>先不改</Btn><Btn look="pri" onClick={send}>改这一天</Btn></div>}>
    <div className="col" style={{ gap: 14 }}>
      <Radio.Group aria-label="这一天" value={draft.kind} onChange={(event) => setDraft({ ...draft, kind: event.target.value as typeof draft.kind })}>
        <Radio value="plain">{weekend ? '照常休息' : '照常上班'}</Radio><Radio value="rest">放假</Radio>{weekend && <Radio value="work">补班</Radio>}
      </Radio.Group>
      {draft.kind !== 'plain' && <TextField label="名称" first max={20} value={draft.name} wrong={wrong || undefined} change={(name) => { setDraft({ ...draft, name }); setWrong(''); }} />}
    </div>
  </Modal>;
}
