import type { Answer, routes } from '@lvzhi/contracts';
import { dateOf, dateWords } from '@lvzhi/domain';
import { InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { Labelled } from '../parts/fields.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { Mark } from '../parts/icons.tsx';
import { api } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';

export type Invited = Answer<typeof routes.inviteMembers>;

/** Codes for all who have bound no WeChat yet. */
export function InviteDialog({ days, close, done }: { days: number; close: () => void; done: (invited: Invited) => void }): ReactNode {
  return <ActModal<{ days: number | null }, Invited> title="给没有绑定微信的委员发邀请码" words="生成邀请码" keep="先不发" close={close} draft={{ days }} done={done} act={(draft) => api.inviteMembers({ days: draft.days ?? 0 })}
    hint="手机号和微信一致的委员不用邀请码，用手机号就能绑定。邀请码一人一个、只用一次；生成后只显示这一次，请马上打印。以前发出、还没用的码同时作废。">
    {(draft, change, wrong) => <Labelled label="有效天数" wrong={wrong['days']}>{(id) => <InputNumber id={id} min={1} max={180} value={draft.days} onChange={(value) => change({ days: value })} />}</Labelled>}
  </ActModal>;
}

/** A sheet to be printed and cut: one slip for each person. The codes are here and nowhere else. */
export function InvitationSheet({ invited: { rows, until }, close }: { invited: Invited; close: () => void }): ReactNode {
  const { me } = useDesk();
  const last = dateWords(dateOf(new Date(until)), dateOf(serverNow()));
  return <Frame crumb={<><h1>邀请码</h1><span className="num">{rows.length} 位，{last}前有效</span></>} tools={<><Btn onClick={close}>打印好了，回名册</Btn><Btn look="pri" onClick={() => print()}>打印</Btn></>}>
    <div className="note w noprint">邀请码只显示这一次，离开这一页就看不到了。请先打印，再分别交给本人；丢了的可以重新发。</div>
    <div className="slips">{rows.map(({ id, name, note, code }) => <section className="slip" key={id}>
      <div className="rowx"><Mark size={22} /><b>{me.city}政协 履职小程序</b></div>
      <div className="rowx sp"><span><b className="who">{name}</b> <span className="cap">{note}</span></span><b className="code num">{code.slice(0, 4)} {code.slice(4)}</b></div>
      <p className="cap">{last}前有效，只用一次。打开微信里的履职小程序，选“用邀请码绑定”，填姓名和邀请码（不分大小写，中间不用空格）。请勿转交他人。</p>
    </section>)}</div>
  </Frame>;
}
