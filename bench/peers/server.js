// node server.js KIND PORT: a small board server as its users would write it, that checks nothing and keeps nothing.
import { createServer } from 'node:http'

const [kind, port] = process.argv.slice(2)
const SNAPSHOT = 'x'.repeat(20000)

const kinds = {
  async ws() {
    const { WebSocketServer } = await import('ws')
    const boards = new Map()
    const server = new WebSocketServer({ port: +port, host: '127.0.0.1', perMessageDeflate: false, backlog: 4096 })
    server.on('connection', (socket, { url }) => {
      if (!boards.has(url)) boards.set(url, new Set())
      const members = boards.get(url)
      members.add(socket)
      socket.send(SNAPSHOT)
      socket.on('message', (data) => {
        const act = JSON.parse(data)
        const text = JSON.stringify(act)
        for (const member of members) if (member.readyState === 1) member.send(text)
      })
      socket.on('close', () => members.delete(socket))
    })
  },

  async 'socket.io'() {
    const { Server } = await import('socket.io')
    const http = createServer()
    const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, pingInterval: 60000 })
    io.on('connection', (socket) => {
      let board
      socket.on('join', (name) => {
        board = name
        socket.join(board)
        socket.emit('snapshot', SNAPSHOT)
      })
      socket.on('act', (act) => io.to(board).emit('act', act))
    })
    http.listen({ port: +port, host: '127.0.0.1', backlog: 4096 })
  },

  async 'y-websocket'() {
    const { createRequire } = await import('node:module')
    const { setupWSConnection } = createRequire(import.meta.url)('y-websocket/bin/utils')
    const { WebSocketServer } = await import('ws')
    const server = new WebSocketServer({ port: +port, host: '127.0.0.1', perMessageDeflate: false, backlog: 4096 })
    server.on('connection', setupWSConnection)
  },

  async hocuspocus() {
    const { Server } = await import('@hocuspocus/server')
    const server = new Server({ port: +port, address: '127.0.0.1', quiet: true, debounce: 2000 })
    await server.listen()
  },
}

await kinds[kind]()
