exports.hello = async () => {
  return {
    statusCode: 200,
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({message: 'Your function was executed.'}),
  }
}
