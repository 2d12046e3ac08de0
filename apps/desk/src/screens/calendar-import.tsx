import type { HolidayReading } from '@lvzhi/contracts';
import type { SpecialDay } from '@lvzhi/domain';
import { Input } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Labelled } from '../parts/fields.tsx';
import { Icon } from '../parts/icons.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useRun } from '../platform/run.ts';
import { sendFile } from '../platform/transfer.ts';
import { Difference } from './rule-changes.tsx';

const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const verdicts = { read: ['o', '读到'], passed: ['', '没有读'], bad: ['x', '有错'] } as const;

function Preview({ reading, year, take }: { reading: HolidayReading; year: number; take: () => void }): ReactNode {
  const { rows, bad, days, lines, running } = reading;
  return <div className="col" style={{ gap: 12 }}>
    <div className={`note ${bad > 0 ? 'x' : days.length === 0 ? 'w' : ''}`} role="status"><Icon name={bad > 0 ? 'alert' : 'checkc'} /><div>{bad > 0 ? `有 ${bad} 行不对，一天也没有存。请照下面说的改好，再读一次。` : days.length === 0 ? '没有读到放假和补班的日子。' : `读到 ${days.length} 天，还没有保存。${running === null ? '' : running === 0 ? '在办的期限都不变。' : `保存以后有 ${running} 件在办的期限会跟着改。`}`}</div></div>
    <table aria-label="逐行的结论"><colgroup><col style={{ width: 50 }} /><col style={{ width: 80 }} /><col /><col /></colgroup><thead><tr><th>行</th><th>结论</th><th>原文</th><th>读到什么，或错在哪里</th></tr></thead>
      <tbody>{rows.map((row) => <tr className="plain" key={row.line}><td className="num">{row.line}</td><td><span className={`tag ${verdicts[row.verdict][0]}`}>{verdicts[row.verdict][1]}</span></td><td className="wraps cap">{row.text}</td><td className="wraps">{row.verdict === 'passed' ? <span className="pending">{row.words}</span> : row.words}</td></tr>)}</tbody></table>
    {bad === 0 && days.length > 0 && <><div><b>和现在的不同</b>{lines.length === 0 ? <p className="sub">和现在的一样。</p> : <Difference lines={lines} />}</div><div><Btn look="pri" disabled={lines.length === 0} onClick={take}>用这些日子，换掉 {year} 年的</Btn></div></>}
  </div>;
}

/** The State Council's notice: pasted or as a file; read and shown line by line, and only then put into the draft of the year. */
export function HolidayImport({ year, close, take }: { year: number; close: () => void; take: (days: SpecialDay[]) => void }): ReactNode {
  const [text, setText] = useState('');
  const [reading, setReading] = useState<HolidayReading | null>(null);
  const { busy, problem, run } = useRun();
  const input = useRef<HTMLInputElement>(null);
  const read = async () => { const answer = await run(() => api.readHolidayText({ year, text })); if (answer) setReading(answer); };
  const send = async (file: File | undefined) => {
    if (!file) return;
    const answer = await run(() => sendFile<HolidayReading>(`/calendar/${year}/file`, file, newKey(), () => undefined));
    if (input.current) input.current.value = '';
    if (answer) setReading(answer);
  };
  return <section className="panel" style={{ gap: 14 }} aria-label="导入放假通知">
    <div className="rowx sp"><div><h2>导入 {year} 年的放假通知</h2><p className="sub">把国务院办公厅通知里的七条原样粘贴进来，或者上传表格（.xlsx、.csv；表头写“节日、放假时间、调休上班、天数”，或“日期、类型、名称”）。先逐行给您看，有一行不对就一天也不存。</p></div><Btn onClick={close}>先不导入</Btn></div>
    <Labelled label="通知" wrong={problem?.kind === 'fields' ? problem.fields['text'] : undefined}>{(id) => <Input.TextArea id={id} value={text} autoSize={{ minRows: 5, maxRows: 12 }} placeholder="一、元旦：1月1日（周三）放假1天，不调休。" onChange={(event) => setText(event.target.value)} />}</Labelled>
    <div className="rowx"><Btn look="line" busy={busy} onClick={() => void read()}>读一遍</Btn><Btn disabled={busy} onClick={() => input.current?.click()}>上传表格</Btn><input ref={input} type="file" aria-label="放假通知的表格" className="unseen" accept=".xlsx,.csv,.txt" onChange={(event) => void send(event.target.files?.[0])} /></div>
    <ProblemNote problem={problem} />
    {reading && <Preview reading={reading} year={year} take={() => take(reading.days)} />}
  </section>;
}
