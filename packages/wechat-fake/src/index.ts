export * from './contract.ts';
export type * from './contract-messages.ts';
export { createFake, listen } from './fake.ts';
export type { WechatFake } from './fake.ts';
export type { FakeCall } from './call-log.ts';
export type { FakeOptions } from './platform.ts';
export type { FakeUser } from './users.ts';
export type { FakeMail } from './mailbox.ts';
export { SMS_ACCOUNT } from './text-messages.ts';
