const words = { submit: '提交', triage: '分办', review: '初审', year: '这一年收到', closing: '办完', units: '开通承办单位账号', moments: '演示时间' };

/** On a terminal one line that moves; elsewhere a line every five per cent. Nothing of it goes to standard output. */
export class Progress {
  private shown = '';
  private readonly out: NodeJS.WriteStream;
  constructor(out: NodeJS.WriteStream) { this.out = out; }

  tick(phase: keyof typeof words, done: number, all: number): void {
    const percent = Math.floor(done * 100 / Math.max(1, all));
    const live = this.out.isTTY;
    const mark = `${phase} ${live ? percent : Math.floor(percent / 5)}`;
    if (mark === this.shown && done !== all) return;
    this.shown = mark;
    const line = `${words[phase]} ${done}/${all}（${percent}%）`;
    this.out.write(live ? `\r${line}\u001b[K${done === all ? '\n' : ''}` : `${line}\n`);
  }

  say(line: string): void { this.out.write(`${line}\n`); }
}
