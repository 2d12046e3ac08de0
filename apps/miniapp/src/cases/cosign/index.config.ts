export default { navigationBarTitleText: '联名邀请', enablePullDownRefresh: true };
