const express = require('express')
const serverless = require('serverless-http')

const app = express()

app.get('/', (request, response) => {
  response.status(200).json({message: 'Hello from root.'})
})

app.get('/hello', (request, response) => {
  response.status(200).json({message: 'Hello from path.'})
})

app.use((request, response) => {
  response.status(404).json({error: 'Not found.'})
})

exports.handler = serverless(app)
