export default { navigationBarTitleText: '走访通知', enablePullDownRefresh: true };
