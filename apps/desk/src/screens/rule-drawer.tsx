import type { RuleView } from '@lvzhi/contracts';
import { dateWords, ruleOf } from '@lvzhi/domain';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DayField, TextField } from '../parts/fields.tsx';
import { Icon } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { once, useRun } from '../platform/run.ts';
import { moved } from '../platform/signal.ts';
import { Change, RuleHistory } from './rule-changes.tsx';
import { RuleEditor } from './rule-editor.tsx';
import type { RulesView } from './rules.tsx';

/** Complaints about the value, by the path inside it. */
const wrongInside = (fields: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(fields).flatMap(([path, words]) => (path === 'value' ? [['', words]] : path.startsWith('value.') ? [[path.slice(6), words]] : [])));

function Edit({ doc, view, set, close }: { doc: RuleView; view: RulesView; set: (doc: RuleView) => void; close: () => void }): ReactNode {
  const [draft, setDraft] = useState({ value: doc.value, from: view.today, why: '' });
  // What was seen when the form was opened: whoever changed it meanwhile is not overwritten.
  const [seen, setSeen] = useState(doc.seen);
  const { busy, problem, run, clear, forget } = useRun();
  const rule = ruleOf(doc.name);
  const fields = problem?.kind === 'fields' ? problem.fields : {};
  const current = problem?.kind === 'stale' ? problem.current as RuleView : undefined;
  const change = (part: Partial<typeof draft>) => { setDraft({ ...draft, ...part }); if ('value' in part) clear(); else forget(Object.keys(part)); };
  const save = async () => {
    const answer = await run(() => once('changeRule', { name: doc.name, seen, ...draft }, api.changeRule));
    if (!answer) return;
    set(answer.doc);
    announce({ words: `已保存：${doc.words}，${draft.from === view.today ? '现在起' : `${dateWords(draft.from, view.today)}起`}生效` });
    close();
  };
  if (!rule) return null;
  return <div className="col" style={{ gap: 14 }}>
    <ProblemNote problem={problem}>{current && <div><p className="sub">现在是：{current.lines.slice(0, 8).map(({ label, text }) => `${label} ${text}`).join('；')}</p><Btn small look="txt" onClick={() => { setSeen(current.seen); set(current); clear(); }}>看过了，用我填的再保存</Btn></div>}</ProblemNote>
    <RuleEditor rule={rule} value={draft.value} view={view} wrong={wrongInside(fields)} change={(value) => change({ value })} />
    <div className="two"><DayField label="哪天起生效" hint="可以是以后的一天，到那天以前可以收回" value={draft.from} change={(from) => change({ from })} wrong={fields['from']} /><TextField label="改动的理由" hint="记在改动记录里" max={200} value={draft.why} change={(why) => change({ why })} wrong={fields['why']} /></div>
    {doc.upcoming.length > 0 && <div className="note w"><Icon name="clock" /><div>{doc.upcoming.map((it) => `${dateWords(it.effectiveOn, view.today)}起另有改动`).join('；')}。到那天照那次的办。</div></div>}
    <div className="rowx"><Btn look="pri" busy={busy} onClick={() => void save()}>保存</Btn><Btn onClick={close}>先不改</Btn></div>
  </div>;
}

/** One rule: what it is now, what it will be, what it was; and the form to change it. */
export function RuleDrawer({ name, view, close }: { name: string; view: RulesView; close: () => void }): ReactNode {
  const { data: doc, problem, reload, set } = useLoad(`rule ${name}`, () => api.showRule({ name }), moved.use());
  const [editing, setEditing] = useState(false);
  useCover(true);
  return <Drawer open onClose={close} size={760} title={doc?.words ?? '规则'} destroyOnHidden>
    {!doc ? problem ? <Failure problem={problem} onRetry={reload} /> : <Loading /> : editing ? <Edit doc={doc} view={view} set={set} close={() => setEditing(false)} /> : <div className="col" style={{ gap: 16 }}>
      <p className="sub">{doc.hint}</p>
      <div className="keys">{doc.lines.length === 0 ? <span className="pending">都用原来的写法</span> : doc.lines.flatMap(({ label, text }) => [<span className="cap" key={label}>{label}</span>, <span key={`${label} text`} style={{ overflowWrap: 'anywhere' }}>{text}</span>])}</div>
      {doc.can.includes('change') && <div><Btn look="pri" onClick={() => setEditing(true)}>修改</Btn></div>}
      {doc.upcoming.length > 0 && <section><h3>以后的改动</h3><ul className="posts">{doc.upcoming.map((it) => <Change key={it.id} change={it} today={view.today} titled={false} />)}</ul></section>}
      <section><h3>改动记录</h3><RuleHistory name={name} today={view.today} /></section>
    </div>}
  </Drawer>;
}
