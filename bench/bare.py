"""A bare broadcast: what a server costs that checks nothing, keeps nothing and sends everything to everybody."""

import socket
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

BOARDS: dict[str, set[WebSocket]] = {}


async def board(websocket: WebSocket) -> None:
    await websocket.accept()
    members = BOARDS.setdefault(websocket.path_params["board"], set())
    members.add(websocket)
    try:
        while True:
            text = await websocket.receive_text()
            for member in list(members):
                await member.send_text(text)
    except WebSocketDisconnect:
        members.discard(websocket)


def main() -> None:
    listening = socket.socket(fileno=int(sys.argv[1]))
    app = Starlette(routes=[WebSocketRoute("/boards/{board}", board)])
    config = uvicorn.Config(
        app, ws="websockets-sansio", ws_per_message_deflate=False, loop="uvloop", access_log=False, log_level="error"
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
