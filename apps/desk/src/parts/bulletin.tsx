import type { IssueView } from '@lvzhi/contracts';
import { Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import { saveFile } from '../platform/transfer.ts';
import { Btn } from './button.tsx';
import { useDesk } from './frame.tsx';
import { Failure, Loading } from './states.tsx';
import { announce } from './toast.tsx';

/** The clean text for the public account, to be copied with its look. */
function PublicText({ issue, close }: { issue: IssueView; close: () => void }): ReactNode {
  const { data, problem, reload } = useLoad(`bulletin ${issue.id}`, () => api.showBulletin({ id: issue.id }));
  useCover(true);
  const copy = async (html: string) => {
    const plain = new DOMParser().parseFromString(html, 'text/html').body.innerText;
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([plain], { type: 'text/plain' }) })]);
      announce({ words: '已复制，到公众号后台粘贴即可' });
    } catch { announce({ words: '浏览器不让自动复制，请在预览里全选（Ctrl A）再复制' }); }
  };
  const { busy, problem: lost, run } = useRun();
  const pictures = () => void run(() => saveFile(`/issues/${issue.id}/pictures`, `${issue.series.name} ${issue.numberWords} 图片.zip`)).then((done) => { if (done) announce({ words: '已下载，这次下载也记入审计' }); });
  return <Modal open onCancel={close} title={`公众号稿：${issue.title}`} width={720} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}>{data && data.pictures.length > 0 && <Btn busy={busy} onClick={pictures}>下载图片 {data.pictures.length} 张</Btn>}<Btn onClick={close}>关上</Btn>{data && <Btn look="pri" onClick={() => void copy(data.html)}>复制</Btn>}</div>}>
    {!data ? problem ? <Failure problem={problem} onRetry={reload} /> : <Loading /> : <div className="col" style={{ gap: 8 }}>
      <p className="sub">不含反映人姓名、签发人和报送去向。{data.struck > 0 ? `略去了 ${data.struck} 处联系方式。` : '没有联系方式。'}发布前请再看一遍。</p>
      {(data.pictures.length > 0 || data.held > 0) && <p className="sub">{data.pictures.length > 0 ? `反映人同意使用的图片 ${data.pictures.length} 张，放在稿末，复制时一起带上；公众号后台没有收下的，另外下载、逐张插入。` : '没有反映人同意使用的图片。'}{data.held > 0 && `另有 ${data.held} 张没有同意，不能用。`}</p>}{lost && <p className="cap" role="alert">{lost.reason}</p>}
      <iframe title="公众号稿预览" sandbox="" srcDoc={data.html} style={{ width: '100%', height: 420, border: '1px solid var(--line)', borderRadius: 8, background: '#fff' }} /></div>}
  </Modal>;
}

/** What can be done with a signed issue outside the house; a recalled one stays inside. */
export function BulletinTools({ issue }: { issue: IssueView }): ReactNode {
  const { me } = useDesk();
  const [reading, read] = useState(false);
  const { busy, problem, run } = useRun();
  if (issue.recalled || !me.can.some((it) => it === 'edit' || it === 'check_issues' || it === 'sign_issues')) return null;
  return <span className="rowx tight wrap"><Btn small busy={busy} onClick={() => void run(() => saveFile(`/issues/${issue.id}/docx`, `${issue.series.name} ${issue.numberWords}.docx`)).then((done) => { if (done) announce({ words: '已下载，这次下载也记入审计' }); })}>下载 Word</Btn>
    <Btn small onClick={() => read(true)}>公众号稿</Btn>{problem && <span className="cap" role="alert">{problem.reason}</span>}{reading && <PublicText issue={issue} close={() => read(false)} />}</span>;
}
