// The peer of `turn`: a bare Node server with socket.io 4.8, as its own documentation sets one up.
// No accounts, no papers: it joins a room and sends the same packet for a page turn.
// Serves TLS where its argument names a file with a certificate and its key.
// Prints its port, ends when its standard input does.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { Server } from "socket.io";

const [pem] = process.argv.slice(2).map((file) => readFileSync(file));
const http = pem ? createTlsServer({ key: pem, cert: pem }) : createServer();
const io = new Server(http, { perMessageDeflate: false, transports: ["websocket"] });
const rooms = new Map();

io.on("connection", (socket) => {
  socket.on("room.join", ({ meeting_id }, answer) => {
    socket.join(meeting_id);
    if (!rooms.has(meeting_id)) rooms.set(meeting_id, { term: 1, rev: 0 });
    answer({ ok: true });
  });
  socket.on("page.turn", ({ meeting_id, document_id, version, page }, answer) => {
    const stage = rooms.get(meeting_id);
    stage.rev += 1;
    const { term, rev } = stage;
    const live = { term, rev, document_id, version, page, view: null, presenter: meeting_id };
    io.to(meeting_id).emit("room.live", live);
    answer({ ok: true, term, rev });
  });
});

http.listen(0, "127.0.0.1", 4096, () => {
  const address = http.address();
  if (address && typeof address === "object") console.log(address.port);
});
process.stdin.on("end", () => process.exit(0)).resume();
