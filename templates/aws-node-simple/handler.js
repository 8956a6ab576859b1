exports.hello = async () => {
  return {
    statusCode: 200,
    body: JSON.stringify({message: 'Your function was executed.'}),
  }
}
