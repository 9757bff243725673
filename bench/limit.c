// The limit: what a broadcast costs that does nothing else. One thread, and one send() for each member of a board.
//
//     limit FD      (a listening socket that was handed over)

#include "crowd.h"

#define MOST_BOARDS 1024
#define SNAPSHOT 20000

struct member { int fd, open; struct room *room; u8 *partial, *unsent; size_t partial_size, unsent_size; };
struct room { struct member **members; u32 size; };

static struct room rooms[MOST_BOARDS];
static u8 incoming[1 << 20], snapshot[SNAPSHOT + 4];
static int epoll;

static void watch(struct member *m, u32 events) {
  struct epoll_event e = {.events = events, .data.ptr = m};
  epoll_ctl(epoll, EPOLL_CTL_MOD, m->fd, &e);
}

static void leave(struct member *m) {
  struct room *room = m->room;
  for (u32 n = 0; room && n < room->size; n++)
    if (room->members[n] == m) { room->members[n] = room->members[--room->size]; break; }
  close(m->fd);
  free(m->partial);
  free(m->unsent);
  free(m);
}

static void put(struct member *m, const u8 *what, size_t size) {
  ssize_t n = m->unsent_size ? 0 : send(m->fd, what, size, MSG_NOSIGNAL);
  if (n == (ssize_t)size) return;
  if (n < 0) n = 0;  // whether the line is full or gone, epoll will say
  m->unsent = realloc(m->unsent, m->unsent_size + size - n);
  memcpy(m->unsent + m->unsent_size, what + n, size - n);
  m->unsent_size += size - n;
  watch(m, EPOLLIN | EPOLLOUT);
}

static void flush(struct member *m) {
  ssize_t n = send(m->fd, m->unsent, m->unsent_size, MSG_NOSIGNAL);
  if (n <= 0) return;
  memmove(m->unsent, m->unsent + n, m->unsent_size -= n);
  if (!m->unsent_size) watch(m, EPOLLIN);
}

static size_t frame_of(u8 *frame, const u8 *payload, size_t size) {
  frame[0] = 0x81;
  if (size < 126) { frame[1] = size; memcpy(frame + 2, payload, size); return size + 2; }
  frame[1] = 126;
  frame[2] = size >> 8;
  frame[3] = size;
  memcpy(frame + 4, payload, size);
  return size + 4;
}

static void spread(struct room *room, const u8 *text, size_t size) {
  static u8 frame[1 << 17];
  size_t whole = frame_of(frame, text, size);
  for (u32 n = 0; n < room->size; n++) put(room->members[n], frame, whole);
}

static size_t let_in(struct member *m, u8 *from, size_t size) {
  // The crowd always knocks with the same key, so the answer is always the same.
  static const char welcome[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  u8 *blank = memmem(from, size, "\r\n\r\n", 4);
  if (!blank) return 0;
  m->room = rooms + atoi((char *)from + sizeof "GET /boards/" - 1) % MOST_BOARDS;
  m->room->members = realloc(m->room->members, (m->room->size + 1) * sizeof *m->room->members);
  m->room->members[m->room->size++] = m;
  m->open = 1;
  put(m, (u8 *)welcome, sizeof welcome - 1);
  put(m, snapshot, sizeof snapshot);
  return blank + 4 - from;
}

static int hear(struct member *m) {
  size_t kept = m->partial_size;
  memcpy(incoming, m->partial, kept);
  ssize_t n = recv(m->fd, incoming + kept, sizeof incoming - kept, MSG_DONTWAIT);
  if (n <= 0) return n < 0 && errno == EAGAIN;
  u8 *at = incoming, *end = incoming + kept + n;
  if (!m->open) at += let_in(m, at, end - at);
  while (m->open && end - at >= 6) {
    size_t head = 2, size = at[1] & 127;
    if (size == 126) { head = 4; size = at[2] << 8 | at[3]; }
    if ((size_t)(end - at) < head + 4 + size) break;
    u8 *mask = at + head, *payload = mask + 4;
    for (size_t k = 0; k < size; k++) payload[k] ^= mask[k & 3];
    if ((at[0] & 15) == 1) spread(m->room, payload, size);
    at = payload + size;
  }
  m->partial_size = end - at;
  if (m->partial_size) {
    m->partial = realloc(m->partial, m->partial_size);
    memcpy(m->partial, at, m->partial_size);
  }
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 2) fail("limit FD");
  int listening = atoi(argv[1]), one = 1;
  static u8 body[SNAPSHOT];
  memset(body, 'x', sizeof body);
  frame_of(snapshot, body, sizeof body);
  epoll = epoll_create1(0);
  struct epoll_event e = {.events = EPOLLIN}, events[512];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &e);
  for (;;) {
    int count = epoll_wait(epoll, events, 512, -1);
    for (int n = 0; n < count; n++) {
      struct member *m = events[n].data.ptr;
      if (!m) {
        int fd = accept4(listening, 0, 0, SOCK_NONBLOCK);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        m = calloc(1, sizeof *m);
        m->fd = fd;
        e.data.ptr = m;
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
        continue;
      }
      if (events[n].events & EPOLLOUT && m->unsent_size) flush(m);
      if (events[n].events & (EPOLLIN | EPOLLHUP | EPOLLERR) && !hear(m)) leave(m);
    }
  }
}
