/**
 * Real socket.io clients of `broadcast_app`: `node broadcast_client.mjs SETTINGS`, as JSON
 * {port, clients, transports, asks, stops, every, trusts}. Each holds what it hears against the order of
 * sending. asks: how often each asks, one question after the other. stops: milliseconds for which
 * each stops reading after `every` packets, or once. trusts: the file of the authority, with TLS. Prints what came of it when all heard `end`.
 */
import { readFileSync } from "node:fs";
import { io } from "socket.io-client";

const { port, clients, transports, asks = 0, stops = 0, every = 0, trusts = "" } = JSON.parse(process.argv[2]);
const base = `${trusts ? "https" : "http"}://127.0.0.1:${port}`;
const secure = trusts ? { ca: readFileSync(trusts) } : {};
const faults = [];
let left = clients;
const found = { heard: 0, acked: 0, disconnected: 0, transports: {}, faults };

function begin(number) {
  const socket = io(base, { transports, forceNew: true, reconnectionDelay: 50, ...secure });
  let last = 0;
  let broadcast = 0;
  let asking = asks;
  let ended = false;

  const hear = (what, { n, b }) => {
    if (n <= last) faults.push(`${number}: ${what} ${n} after ${last}`);
    if (b !== undefined && broadcast && b !== broadcast + 1) faults.push(`${number}: ${b} after ${broadcast}`);
    last = n;
    broadcast = b ?? broadcast;
    found.heard += 1;
  };
  const leave = () => {
    if (!ended || asking > 0) return;
    const name = socket.io.engine.transport.name;
    found.transports[name] = (found.transports[name] ?? 0) + 1;
    socket.disconnect();
    left -= 1;
    if (!left) process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
  };
  const ask = () => {
    if (asking <= 0) return leave();
    socket.emit("ask", (answer) => {
      hear("ack", answer);
      found.acked += 1;
      asking -= 1;
      ask();
    });
  };

  socket.on("connect", () => ask());
  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") return;
    // Whoever comes back does not know what was said meanwhile.
    last = broadcast = 0;
    found.disconnected += 1;
  });
  socket.on("own", (packet) => hear("own", packet));
  socket.on("tick", (packet) => hear("tick", packet));
  socket.on("end", (packet) => {
    hear("end", packet);
    ended = true;
    leave();
  });
  let ticks = 0;
  socket.on("tick", () => {
    ticks += 1;
    if (!stops || (every ? ticks % every : ticks > 1)) return;
    const line = socket.io.engine.transport.ws._socket;
    line.pause();
    setTimeout(() => line.resume(), stops);
  });
}

for (let number = 0; number < clients; number += 1) begin(number);
