export default { navigationBarTitleText: '详情', enablePullDownRefresh: true };
