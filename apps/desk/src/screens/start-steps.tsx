import type { SetupView } from '@lvzhi/contracts';
import { termName } from '@lvzhi/domain';
import { InputNumber } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { DayField, Labelled, TextField } from '../parts/fields.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { go } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';
import type { Run } from '../platform/run.ts';
import { moved } from '../platform/signal.ts';
import { CreateAccount } from './account-forms.tsx';
import { Bodies } from './bodies.tsx';
import type { Step } from './start.tsx';

interface Props { step: Step; view: SetupView; saved: (view: SetupView) => void; set: (view: SetupView) => void; reload: () => void }
const wrongIn = ({ problem }: Run): Readonly<Record<string, string>> => (problem?.kind === 'fields' ? problem.fields : {});
/** What stands there until the city says its own is no answer to begin from. */
const own = (text: string): string => (/本市|（待填）/.test(text) ? '' : text);

function Panel({ title, hint, run, words, send, children }: { title: string; hint: string; run: Run; words: string; send: () => void; children: ReactNode }): ReactNode {
  return <section className="panel" style={{ gap: 14 }}><div><h2>{title}</h2><p className="sub">{hint}</p></div><ProblemNote problem={run.problem} />{children}<div><Btn look="pri" busy={run.busy} onClick={send}>{words}</Btn></div></section>;
}

function City({ view, saved }: Props): ReactNode {
  const { city: { city, organ, shortOrgan, contact } } = view;
  const [draft, setDraft] = useState({ city: own(city), organ: own(organ), shortOrgan: own(shortOrgan), contactName: own(contact.name), contactPhone: own(contact.phone), address: own(contact.address), hours: contact.hours });
  const run = useRun();
  const change = (part: Partial<typeof draft>) => { setDraft({ ...draft, ...part }); run.forget(Object.keys(part)); };
  // The full names follow the city's until they are written by hand.
  const name = (typed: string) => { const old = draft.city; change({ city: typed, ...((draft.organ === '' || draft.organ === `中国人民政治协商会议${old}委员会`) && { organ: `中国人民政治协商会议${typed}委员会` }), ...((draft.shortOrgan === '' || draft.shortOrgan === `政协${old}委员会`) && { shortOrgan: `政协${typed}委员会` }) }); };
  const wrong = wrongIn(run);
  const send = async () => { const answer = await run.run(() => api.saveCity(draft)); if (answer) saved(answer); };
  return <Panel title="市名和机关" hint="显示在登录页、小程序首页、通知和隐私说明里。" run={run} words="保存，下一步" send={() => void send()}>
    <div className="two"><TextField label="市名" first max={20} placeholder="如：某某市" value={draft.city} change={name} wrong={wrong['city']} /><TextField label="机关简称" max={30} value={draft.shortOrgan} change={(shortOrgan) => change({ shortOrgan })} wrong={wrong['shortOrgan']} /></div>
    <TextField label="机关全称" max={40} value={draft.organ} change={(organ) => change({ organ })} wrong={wrong['organ']} />
    <div className="two"><TextField label="联系部门" max={30} value={draft.contactName} change={(contactName) => change({ contactName })} wrong={wrong['contactName']} /><TextField label="联系电话" hint="委员有问题打这个电话" max={30} value={draft.contactPhone} change={(contactPhone) => change({ contactPhone })} wrong={wrong['contactPhone']} /></div>
    <div className="two"><TextField label="地址" value={draft.address} change={(address) => change({ address })} wrong={wrong['address']} /><TextField label="办公时间" value={draft.hours} change={(hours) => change({ hours })} wrong={wrong['hours']} /></div>
  </Panel>;
}

function Term({ view, saved }: Props): ReactNode {
  const [draft, setDraft] = useState({ number: view.term.number as number | null, fromOn: view.term.fromOn, untilOn: view.term.untilOn });
  const run = useRun();
  const wrong = wrongIn(run);
  const change = (part: Partial<typeof draft>) => { setDraft({ ...draft, ...part }); run.forget(Object.keys(part)); };
  const send = async () => { const answer = await run.run(() => api.saveTerm({ ...draft, number: draft.number ?? 0 })); if (answer) saved(answer); };
  return <Panel title="届次" hint="职务、案号和规则都按届。换届时另起一届，旧的保留。" run={run} words="保存，下一步" send={() => void send()}>
    <div className="three"><Labelled label="第几届" hint={draft.number ? termName(draft.number) : ''} wrong={wrong['number']}>{(id) => <InputNumber id={id} min={1} max={99} value={draft.number} onChange={(number) => change({ number })} style={{ width: '100%' }} />}</Labelled>
      <DayField label="从" value={draft.fromOn} change={(fromOn) => change({ fromOn })} wrong={wrong['fromOn']} /><DayField label="到" value={draft.untilOn} change={(untilOn) => change({ untilOn })} wrong={wrong['untilOn']} /></div>
  </Panel>;
}

const lists = { committees: ['committee', '专委会', '先有七个常见的专（工）委会，请改成本市的：改名、排次序、停用没有的、增加缺的。'], sectors: ['sector', '界别', '先有常见的 24 个界别，请改成本市的。导入名册时按这张表核对。'], towns: ['town', '镇街', '请填本市的镇、街道、乡。委员写社情民意时从这里选，联络委也在这里任职。'] } as const;
function Listed({ step, saved }: Props & { step: keyof typeof lists }): ReactNode {
  const [kind, words, hint] = lists[step];
  const [adding, setAdding] = useState(false);
  const run = useRun();
  const send = async () => { const answer = await run.run(() => api.confirmStep({ step })); if (answer) saved(answer); };
  return <><section className="panel"><div className="rowx sp wrap"><div className="grow"><h2>{words}</h2><p className="sub">{hint}</p></div><div className="rowx"><Btn onClick={() => setAdding(true)}>增加{words}</Btn><Btn look="pri" busy={run.busy} onClick={() => void send()}>核对好了，下一步</Btn></div></div><ProblemNote problem={run.problem} /></section>
    <Bodies kind={kind} adding={adding} setAdding={setAdding} marks={false} /></>;
}

function People({ view, saved, reload }: Props): ReactNode {
  const { data: choices } = useLoad('account choices', () => api.listAccountChoices({}), moved.use());
  const [post, setPost] = useState<string | null>(null);
  const chosen = choices?.posts.find((it) => it.post === post);
  const next = async () => saved(await api.showSetup({}));
  return <section className="panel" style={{ gap: 14 }}><div><h2>三员和委员工作人员</h2><p className="sub">系统管理员（您）、安全管理员、审计员由三个人分别担任，都不兼业务职务。委员工作人员管名册和走访。</p></div>
    <table aria-label="要有的人"><colgroup><col style={{ width: 160 }} /><col /><col style={{ width: 140 }} /></colgroup><thead><tr><th>职务</th><th>能登录的人</th><th>办理</th></tr></thead>
      <tbody>{view.people.map((it) => <tr className="plain" key={it.post}><td><b>{it.words}</b></td><td>{it.names.join('、') || <span className="tag w">还没有</span>}</td><td>{it.post !== 'system_admin' && <Btn small look={it.names.length === 0 ? 'line' : 'txt'} onClick={() => setPost(it.post)}>{it.names.length === 0 ? '登记并开通' : '再登记一位'}</Btn>}</td></tr>)}</tbody></table>
    <p className="sub">其他人员（信息编辑、提案委、各专委会、承办单位……）以后在“单位与账号”里登记。</p>
    <div><Btn look="pri" onClick={() => void next()}>下一步</Btn></div>
    {chosen && choices && <CreateAccount choices={choices} post={chosen} close={() => setPost(null)} done={() => { setPost(null); reload(); }} />}
  </section>;
}

function Roster({ view }: Props): ReactNode {
  const clerks = view.people.find(({ post }) => post === 'member_affairs')?.names ?? [];
  return <section className="panel" style={{ gap: 14 }}><div><h2>导入委员名册</h2><p className="sub">{view.members > 0 ? `名册里有 ${view.members} 位委员。` : '名册里还没有委员。'}可以现在导入第一份名册；也可以先完成，由委员工作人员{clerks.length > 0 && `（${clerks.join('、')}）`}登录后在“委员名册”里导入。</p></div>
    <div className="rowx">{view.can.includes('import') ? <Btn look={view.members > 0 ? 'line' : 'pri'} onClick={() => go('/start/import')}>{view.members > 0 ? '再导入一份' : '导入名册'}</Btn> : <span className="sub">名册现在由委员工作人员管理。</span>}</div></section>;
}

export function StartStep(props: Props): ReactNode {
  const { step } = props;
  switch (step) {
    case 'city': return <City {...props} />;
    case 'term': return <Term {...props} />;
    case 'committees': case 'sectors': case 'towns': return <Listed {...props} step={step} />;
    case 'people': return <People {...props} />;
    case 'roster': return <Roster {...props} />;
  }
}
