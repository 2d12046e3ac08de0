export default { navigationBarTitleText: '提醒' };
