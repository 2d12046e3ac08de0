import { documentKinds, kindWords, noticeChoices, noticeExample, remindable, taskWords } from '@lvzhi/domain';
import type { DocumentKind, NoticeChoice, NoticeTexts, QuietHours, ReminderRule, ReminderRules, TaskAction } from '@lvzhi/domain';
import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Labelled, TextField } from '../parts/fields.tsx';
import { useNow } from '../platform/clock.ts';
import type { EditorProps } from './rule-editor.tsx';
import { Long, Placeholders } from './rule-texts.tsx';

/** What a person would read now, of a made-up case. */
function Example({ choice, text }: { choice: NoticeChoice; text: { head: string; body: string } }): ReactNode {
  const { head, body } = noticeExample(choice, text, useNow(60_000));
  return <div className="note" role="note" aria-label="预览"><div><span className="cap">这样显示（举例）</span><br /><b>{head}</b><br />{body}</div></div>;
}

function NoticeLine({ choice, value, wrong, change }: EditorProps<NoticeTexts> & { choice: NoticeChoice }): ReactNode {
  const [open, setOpen] = useState(false);
  const { key, words } = choice;
  const own = value[key];
  const { head, body } = own ?? choice;
  const put = (part: { head?: string; body?: string }) => change({ ...value, [key]: { head, body, ...part } });
  const { [key]: _, ...rest } = value;
  const shown = open || wrong[`${key}.head`] !== undefined || wrong[`${key}.body`] !== undefined;
  return <li className="col" style={{ gap: 8 }}>
    <div className="rowx sp"><span><b>{words}</b>{own && <span className="tag b" style={{ marginLeft: 8 }}>本市的写法</span>}</span><Btn small look="txt" label={`${shown ? '收起' : '改写'} ${words}`} onClick={() => setOpen(!shown)}>{shown ? '收起' : '改写'}</Btn></div>
    {shown ? <><Placeholders known={choice.placeholders} />
      <TextField label="题头" hint="会发到微信和短信，不能写 {title}" max={40} value={head} wrong={wrong[`${key}.head`]} change={(typed) => put({ head: typed })} /><Long label="正文" max={400} value={body} wrong={wrong[`${key}.body`]} change={(typed) => put({ body: typed })} />
      <Example choice={choice} text={{ head, body }} />
      {own && <div><Btn small onClick={() => change(rest)}>用回原来的写法</Btn></div>}</> : <p className="cap">{head}｜{body}</p>}
  </li>;
}

/** Each kind of notice: as it is, or as this city writes it. */
export function NoticesEditor({ value, wrong, change }: EditorProps<NoticeTexts>): ReactNode {
  const [kind, setKind] = useState<DocumentKind>('opinion');
  const choices = noticeChoices();
  const faulty = (it: NoticeChoice): boolean => Object.keys(wrong).some((path) => path.startsWith(`${it.key}.`));
  const wrongKind = documentKinds.find((it) => choices.some((choice) => choice.kind === it && faulty(choice)));
  const shown = wrongKind !== undefined && !choices.some((it) => it.kind === kind && faulty(it)) ? wrongKind : kind;
  return <div className="col" style={{ gap: 10 }}>
    <div className="tabs" role="tablist" aria-label="哪一类件">{documentKinds.map((it) => <button key={it} type="button" role="tab" aria-selected={it === shown} onClick={() => setKind(it)}>{kindWords[it]}{choices.some((choice) => choice.kind === it && value[choice.key]) && <em>改过</em>}</button>)}</div>
    <ul className="posts" aria-label="各种通知">{choices.filter((it) => it.kind === shown).map((choice) => <NoticeLine key={choice.key} choice={choice} value={value} wrong={wrong} change={change} />)}</ul>
  </div>;
}

function Clock({ label, value, wrong, change }: { label: string; value: string; wrong: string | undefined; change: (value: string) => void }): ReactNode {
  return <Labelled label={label} wrong={wrong}>{(id) => <Input id={id} type="time" value={value} status={wrong ? 'error' : ''} style={{ width: 160 }} onChange={(event) => change(event.target.value)} />}</Labelled>;
}
export const TimeEditor = ({ value, wrong, change, label }: EditorProps<string> & { label: string }): ReactNode => <Clock label={label} value={value} wrong={wrong['']} change={change} />;
export const QuietEditor = ({ value, wrong, change }: EditorProps<QuietHours>): ReactNode =>
  <div className="rowx" style={{ gap: 24, alignItems: 'flex-start' }}><Clock label="从" value={value.from} wrong={wrong['from']} change={(from) => change({ ...value, from })} /><Clock label="到" value={value.until} wrong={wrong['until']} change={(until) => change({ ...value, until })} /></div>;

const none: ReminderRule = { beforeDays: [], onDay: false, overdueDays: [] };
const dayOptions = [1, 2, 3, 4, 5, 6, 7].map((it) => ({ value: it, label: `${it} 天` }));
function Days({ label, value, wrong, change }: { label: string; value: readonly number[]; wrong: string | undefined; change: (value: number[]) => void }): ReactNode {
  return <span><Select mode="multiple" aria-label={label} style={{ width: '100%' }} placeholder="不提醒" maxCount={3} options={dayOptions} value={[...value]} status={wrong ? 'error' : ''} onChange={(picked) => change([...picked].sort((a, b) => a - b))} />{wrong && <span className="wrong" role="alert">{wrong}</span>}</span>;
}
export function RemindersEditor({ value, wrong, change }: EditorProps<ReminderRules>): ReactNode {
  const put = (task: TaskAction, part: Partial<ReminderRule>) => change({ ...value, [task]: { ...none, ...value[task], ...part } });
  return <table aria-label="到期提醒"><colgroup><col /><col style={{ width: 190 }} /><col style={{ width: 90 }} /><col style={{ width: 190 }} /></colgroup>
    <thead><tr><th>要办的</th><th>到期前</th><th>当天</th><th>过期后</th></tr></thead>
    <tbody>{remindable.map((task) => { const { beforeDays, onDay, overdueDays } = value[task] ?? none; return <tr className="plain" key={task}><td>{taskWords[task]}</td>
      <td><Days label={`${taskWords[task]}到期前`} value={beforeDays} wrong={wrong[`${task}.beforeDays`]} change={(days) => put(task, { beforeDays: days })} /></td>
      <td><Checkbox aria-label={`${taskWords[task]}当天`} checked={onDay} onChange={(event) => put(task, { onDay: event.target.checked })} /></td>
      <td><Days label={`${taskWords[task]}过期后`} value={overdueDays} wrong={wrong[`${task}.overdueDays`]} change={(days) => put(task, { overdueDays: days })} /></td></tr>; })}</tbody></table>;
}
