/** How WeChat's functions answer. */
interface Callbacks { success?: (answer: object) => void; fail?: (error: object) => void; complete?: (answer: object) => void }
export type Call = Callbacks & Record<string, unknown>;
type Work = (call: Call) => object | Promise<object>;
/** Makes answers into the engine's own objects, and says whether it still runs. */
export interface Receiver { readonly alive: boolean; take<T>(value: T): T }

/** A failure with WeChat's number for it. */
export class Refused extends Error { readonly code: number; constructor(message: string, code: number) { super(message); this.code = code; } }

/** With callbacks it calls those, without any it answers with a promise; never at once, and never a program that was ended. */
export type Api = (name: string, work: Work, task?: object) => (call?: Call) => unknown;
export function apisOf(receiver: Receiver): Api {
  return (name, work, task) => (call = {}) => {
    const done = new Promise<void>((resolve) => { setTimeout(resolve, 0); }).then(() => work(call)).then(
      (answer) => receiver.take({ errMsg: `${name}:ok`, ...answer }),
      (error: unknown) => { throw receiver.take({ errMsg: `${name}:fail ${error instanceof Error ? error.message : ''}`, ...(error instanceof Refused && { errCode: error.code, errno: error.code }) }); });
    if (!call.success && !call.fail && !call.complete) return task ?? done;
    const told = <T extends object>(...tell: (((answer: T) => void) | undefined)[]) => (answer: T) => { if (receiver.alive) for (const each of tell) each?.(answer); };
    done.then(told(call.success, call.complete), told(call.fail, call.complete));
    return task;
  };
}
