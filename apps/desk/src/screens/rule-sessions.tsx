import type { ProposalSession } from '@lvzhi/domain';
import { collectiveKinds, deciders, deciderWords, proposerKindWords } from '@lvzhi/domain';
import { Checkbox, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Labelled } from '../parts/fields.tsx';
import type { EditorProps } from './rule-editor.tsx';

interface DayProps { label: string; value: string; wrong: string | undefined; change: (value: string) => void }
function Day({ label, value, wrong, change }: DayProps): ReactNode {
  return <Labelled label={label} wrong={wrong}>{(id) => <Input id={id} type="date" value={value} status={wrong ? 'error' : ''} onChange={(event) => change(event.target.value)} />}</Labelled>;
}

/** Plenaries and the days on which each takes proposals; one that has taken some stays. */
export function SessionsEditor({ value, wrong, change }: EditorProps<readonly ProposalSession[]>): ReactNode {
  const put = (at: number, part: Partial<ProposalSession>) => change(value.map((it, index) => (index === at ? { ...it, ...part } : it)));
  return <div className="col" style={{ gap: 16 }}>
    {value.map((it, at) => <fieldset className="panel" key={at} aria-label={it.name || `第 ${at + 1} 次会议`}><div className="col" style={{ gap: 12 }}>
      <Labelled label="会议的名称" wrong={wrong[`${at}.name`]}>{(id) => <Input id={id} value={it.name} maxLength={60} status={wrong[`${at}.name`] ? 'error' : ''} onChange={(event) => put(at, { name: event.target.value })} />}</Labelled>
      <div className="two"><Day label="从哪天起收大会提案" value={it.proposalsFrom} wrong={wrong[`${at}.proposalsFrom`]} change={(proposalsFrom) => put(at, { proposalsFrom })} /><Day label="到哪天截止（含当天）" value={it.proposalsUntil} wrong={wrong[`${at}.proposalsUntil`]} change={(proposalsUntil) => put(at, { proposalsUntil })} /></div>
      <div className="field"><span className="lab">大会提案由谁审定</span><Radio.Group aria-label="大会提案由谁审定" value={it.decidedBy} onChange={(event) => put(at, { decidedBy: event.target.value as ProposalSession['decidedBy'] })}>{deciders.map((code) => <Radio key={code} value={code}>{deciderWords[code]}</Radio>)}</Radio.Group>{wrong[`${at}.decidedBy`] && <span className="wrong" role="alert">{wrong[`${at}.decidedBy`]}</span>}</div>
      <div className="field"><span className="lab">只在这段时间收的</span><Checkbox.Group aria-label="只在这段时间收的" value={[...it.plenaryOnly]} options={collectiveKinds.map((code) => ({ value: code, label: proposerKindWords[code] }))} onChange={(picked) => put(at, { plenaryOnly: collectiveKinds.filter((code) => picked.includes(code)) })} /><span className="sub">没有勾的，平时也收。个人提案、联名提案什么时候都收。</span></div>
      {it.id === '' && <div><Btn small look="txt" label={`去掉第 ${at + 1} 次会议`} onClick={() => change(value.filter((_, index) => index !== at))}>去掉这次会议</Btn></div>}
    </div></fieldset>)}
    {wrong[''] && <span className="wrong" role="alert">{wrong['']}</span>}
    <div><Btn small onClick={() => change([...value, { id: '', name: '', proposalsFrom: '', proposalsUntil: '', decidedBy: 'proposal_office', plenaryOnly: value.at(-1)?.plenaryOnly ?? ['sector', 'group'] }])}>增加一次会议</Btn></div>
    <p className="sub">截止以后、下一次会议开始以前提交的，都是平时提案。已经提交的提案，届次和由谁审定不变。</p>
  </div>;
}
