/** A spec in the worker's own realm: nothing to build up, nothing to take down, and what jest hangs on its globals hangs on none of ours. */
module.exports = class OneRealmEnvironment {
  constructor() { this.global = {}; this.fakeTimers = null; this.fakeTimersModern = null; }
  getVmContext() { return null; }
  exportConditions() { return ['node']; }
  async setup() {}
  async teardown() {}
};
