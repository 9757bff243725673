// The crowd: people at boards, each with a WebSocket. Reads a plan (plan.py writes it) and plays the steps it is told.
//
//     crowd PLAN PORT SERVER_PID STEP...
//
//     connect:AT_ONCE        everybody comes in, so many at a time
//     idle:SECONDS           nobody does anything
//     hand:COMMANDS:SECONDS  each board always has so many commands in hand (1: one after another)
//     rate:PER_SECOND:SECONDS  commands at fixed times, whether or not the server keeps up; late counts from the due time
//     stop                   the last person of each board reads nothing from now on
//
// Each step prints one line of JSON. The server's CPU is the scheduler's own account of all its threads.

#include "crowd.h"

#define MOST_EVENTS 512
#define STALLED_NS (10 * SECOND)

static struct plan plan;
static struct person *people;
static struct board *boards;
static int epoll, server_pid, port, live, joining, stopped;
static u64 joined_at;
static u8 incoming[1 << 20];

static struct { u32 *late; size_t count, room; u64 acts, frames, bytes, news; } step;

static void late_by(u64 ns) {
  if (step.count == step.room) step.late = realloc(step.late, (step.room = step.room ? step.room * 2 : 65536) * sizeof(u32));
  step.late[step.count++] = ns / 1000;
}

// ---- what people send

static void watch(struct person *p, u32 events, int how) {
  struct epoll_event e = {.events = events, .data.ptr = p};
  epoll_ctl(epoll, how, p->fd, &e);
}

static void flush(struct person *p) {
  while (p->unsent_from < p->unsent_size) {
    ssize_t n = send(p->fd, p->unsent + p->unsent_from, p->unsent_size - p->unsent_from, MSG_NOSIGNAL);
    if (n < 0 && errno == EAGAIN) { watch(p, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD); return; }
    if (n < 0) fail("a person could not send: %s", strerror(errno));
    p->unsent_from += n;
  }
  if (p->unsent_size) watch(p, EPOLLIN, EPOLL_CTL_MOD);
  p->unsent_from = p->unsent_size = 0;
}

static void say(struct person *p, struct text what) {
  if (!p->unsent_size) {
    ssize_t n = send(p->fd, what.at, what.size, MSG_NOSIGNAL);
    if (n == (ssize_t)what.size) return;
    if (n < 0 && errno != EAGAIN) fail("a person could not send: %s", strerror(errno));
    if (n > 0) { what.at += n; what.size -= n; }
  }
  p->unsent = realloc(p->unsent, p->unsent_size + what.size);
  memcpy(p->unsent + p->unsent_size, what.at, what.size);
  p->unsent_size += what.size;
  flush(p);
}

static void act(struct board *b, u64 due) {
  if (b->sent == plan.acts) fail("the plan has no more acts (%u for each board)", plan.acts);
  b->due[b->sent] = due;
  say(b->people, b->acts[b->sent++]);
}

// ---- what people receive

static u32 expected(void) { return plan.members - stopped; }

static void done(struct board *b, u32 number, u64 now) {
  late_by(now - b->due[number]);
  step.acts++;
  b->in_hand--;
}

// A board of ours: the sender is told which acts are saved, right behind the version that shows them to all.
static void settle(struct board *b, u64 now) {
  while (b->done < b->saved && b->reached[b->version_of[b->done]] >= expected()) done(b, b->done++, now);
}

static void read_ours(struct person *p, const u8 *text, size_t size, u64 now) {
  struct board *b = p->board;
  if (starts(text, size, "{\"type\":\"saved\"")) {
    b->version_of[b->saved++] = p->version - p->first_version;
  } else if (starts(text, size, "{\"type\":\"view\",\"epoch\"")) {
    const u8 *at = memmem(text, size < 120 ? size : 120, "\"version\":", 10);
    u32 version = at ? strtoul((const char *)at + 10, 0, 10) : 0;
    if (!p->counting) { p->version = p->first_version = version; return; }  // people are still coming in
    for (; p->version < version; p->version++) b->reached[p->version + 1 - p->first_version]++;
  } else if (starts(text, size, "{\"type\":\"refused\"") || starts(text, size, "{\"type\":\"error\"")) {
    fail("the server says no: %.*s", (int)(size < 300 ? size : 300), text);
  }
  settle(b, now);
}

// Any other server: what was sent carries a mark, and comes back to everybody with it.
static void read_marked(struct person *p, const u8 *text, size_t size, u64 now) {
  struct board *b = p->board;
  const u8 *end = text + size;
  while ((text = memmem(text, end - text, "@@", 2)) && end - text >= 10) {
    char digits[9] = {0};
    memcpy(digits, text + 2, 8);
    u32 number = strtoul(digits, 0, 16);
    text += 10;
    if (number < b->sent && ++b->reached[number] == expected()) done(b, number, now);
  }
}

static void joined(struct person *p) {
  p->state = LIVE;
  joining--;
  live++;
  joined_at = now_ns();
}

static void received(struct person *p, int opcode, const u8 *text, size_t size, u64 now) {
  if (opcode == 9) { say(p, framed(text, size, 10)); return; }
  if (opcode == 8) fail("the server closed a line with %d", size >= 2 ? text[0] << 8 | text[1] : 0);
  step.frames++;
  step.bytes += size;
  step.news += !starts(text, size, "{\"type\":\"still\"");
  if (p->state == JOINING) {
    for (u32 n = 0; n < p->n_replies; n++)
      if (starts_with(text, size, p->replies[n].to)) say(p, p->replies[n].with);
    if (starts_with(text, size, p->ready_when)) joined(p);
  }
  if (plan.ours) read_ours(p, text, size, now);
  else if (p->state == LIVE) read_marked(p, text, size, now);
}

static size_t take_frames(struct person *p, u8 *from, size_t size, u64 now) {
  u8 *at = from, *end = from + size;
  if (p->state == KNOCKING) {
    u8 *blank = memmem(at, size, "\r\n\r\n", 4);
    if (!blank) return 0;
    if (!starts(at, size, "HTTP/1.1 101")) fail("not let in: %.*s", (int)(size < 200 ? size : 200), at);
    at = blank + 4;
    p->state = JOINING;
    for (u32 n = 0; n < p->n_hellos; n++) say(p, p->hellos[n]);
  }
  while (end - at >= 2) {
    size_t head = 2, length = at[1] & 127;
    if (length == 126) { head = 4; if (end - at < 4) break; length = at[2] << 8 | at[3]; }
    else if (length == 127) { head = 10; if (end - at < 10) break; length = 0; for (int n = 2; n < 10; n++) length = length << 8 | at[n]; }
    if ((size_t)(end - at) < head + length) break;
    received(p, at[0] & 15, at + head, length, now);
    at += head + length;
  }
  return at - from;
}

static void hear(struct person *p) {
  size_t kept = p->partial_size;
  memcpy(incoming, p->partial, kept);
  ssize_t n = recv(p->fd, incoming + kept, sizeof incoming - kept, 0);
  if (n < 0 && errno == EAGAIN) return;
  if (n <= 0) fail("the server hung up: %s", n ? strerror(errno) : "end");
  size_t size = kept + n, used = take_frames(p, incoming, size, now_ns());
  p->partial_size = size - used;
  if (p->partial_size) {
    p->partial = realloc(p->partial, p->partial_size);
    memcpy(p->partial, incoming + used, p->partial_size);
  }
}

static void attend(int wait_ms) {
  struct epoll_event events[MOST_EVENTS];
  int n = epoll_wait(epoll, events, MOST_EVENTS, wait_ms);
  for (int i = 0; i < n; i++) {
    struct person *p = events[i].data.ptr;
    if (events[i].events & EPOLLOUT) {
      if (p->state == DIALLING) { p->state = KNOCKING; watch(p, EPOLLIN, EPOLL_CTL_MOD); say(p, p->request); }
      else flush(p);
    }
    if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) hear(p);
  }
}

// ---- steps

static void dial(struct person *p) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1;
  p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(p->fd, (void *)&to, sizeof to) && errno != EINPROGRESS) fail("cannot dial: %s", strerror(errno));
  p->state = DIALLING;
  joining++;
  watch(p, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void settle_down(void) {  // until nothing has come for a while
  for (u64 before = ~0ull, since = now_ns(); now_ns() - since < SECOND; attend(10))
    if (step.news != before) before = step.news, since = now_ns();
  for (u32 n = 0; n < plan.boards * plan.members; n++) people[n].counting = 1;
  for (u32 n = 0; plan.ours && n < plan.boards; n++) boards[n].reached[0] = plan.members;  // an act that changes nothing is there
}

static void come_in(u32 at_once) {
  u32 all = plan.boards * plan.members, next = 0;
  long rss = rss_kb(server_pid);
  double cpu = cpu_seconds(server_pid);
  u64 began = now_ns();
  while (live < (int)all) {
    while (next < all && joining < (int)at_once) dial(people + next++);
    attend(1000);
    if (now_ns() - began > 120 * SECOND) fail("only %d of %u came in", live, all);
  }
  double seconds = (joined_at - began) / 1e9, live_cpu = cpu_seconds(server_pid) - cpu;
  settle_down();
  cpu = cpu_seconds(server_pid) - cpu;
  printf("{\"step\":\"connect\",\"people\":%u,\"seconds\":%.3f,\"cpu_us\":%.1f,\"live_cpu_us\":%.1f,\"rss_before_kb\":%ld,\"frames\":%llu,\"frame_bytes\":%llu}\n",
         all, seconds, cpu * 1e6 / all, live_cpu * 1e6 / all, rss, step.frames, step.bytes);
}

static int by_size(const void *a, const void *b) { u32 x = *(u32 *)a, y = *(u32 *)b; return (x > y) - (x < y); }
static double share(double part) { return step.count ? step.late[(size_t)(part * (step.count - 1))] / 1000.0 : 0; }

static void idle(double seconds) {
  double cpu = cpu_seconds(server_pid);
  for (u64 until = now_ns() + seconds * 1e9; now_ns() < until;) attend(10);
  printf("{\"step\":\"idle\",\"cpu_share\":%.4f,\"rss_kb\":%ld}\n", (cpu_seconds(server_pid) - cpu) / seconds, rss_kb(server_pid));
}

static void play(const char *kind, u32 in_hand, double per_second, double seconds) {
  if (!step.late) step.late = malloc((step.room = 65536) * sizeof(u32));
  step.count = step.acts = step.frames = step.bytes = 0;
  struct noise noise = noise_now();
  double cpu = cpu_seconds(server_pid), mine = own_cpu_seconds();
  u64 began = now_ns(), until = began + seconds * 1e9, turns = 0, progress = began, seen = 0;
  while (now_ns() < until) {
    u64 now = now_ns();
    if (in_hand) {
      for (u32 n = 0; n < plan.boards; n++)
        for (; boards[n].in_hand < in_hand; boards[n].in_hand++) act(boards + n, now);
    } else {
      for (u64 due; (due = began + turns * (1e9 / per_second)) <= now; turns++) {
        boards[turns % plan.boards].in_hand++;
        act(boards + turns % plan.boards, due);
      }
    }
    attend(0);
    if (step.acts != seen) seen = step.acts, progress = now;
    else if (now - progress > STALLED_NS) fail("nothing has arrived for %llu s", STALLED_NS / SECOND);
  }
  double taken = (now_ns() - began) / 1e9;
  cpu = cpu_seconds(server_pid) - cpu;
  mine = own_cpu_seconds() - mine;
  double others = noise_since(noise) / taken - (cpu + mine) / taken;
  u64 acts = step.acts, deliveries = acts * expected(), frames = step.frames, bytes = step.bytes;
  u64 due = 0;
  for (u32 n = 0; n < plan.boards; n++) due += boards[n].in_hand;
  for (u64 wait = now_ns() + 10 * SECOND; now_ns() < wait && due;) {  // what is still on its way counts for nothing
    attend(1);
    due = 0;
    for (u32 n = 0; n < plan.boards; n++) due += boards[n].in_hand;
  }
  if (due) fail("%llu acts never reached everybody", due);
  qsort(step.late, step.count, sizeof(u32), by_size);
  printf("{\"step\":\"%s\",\"acts\":%llu,\"deliveries\":%llu,\"seconds\":%.3f,\"cpu\":%.4f,\"us\":%.3f,\"per_second\":%.0f,"
         "\"p50_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f,\"frames\":%llu,\"frame_bytes\":%.0f,\"crowd_busy\":%.2f,\"others\":%.2f,\"rss_kb\":%ld}\n",
         kind, acts, deliveries, taken, cpu, deliveries ? cpu * 1e6 / deliveries : 0, deliveries / taken, share(.5), share(.95), share(.99),
         frames, frames ? (double)bytes / frames : 0, mine / taken, others < 0 ? 0 : others, rss_kb(server_pid));
}

static void stop_reading(void) {
  stopped = 1;
  for (u32 n = 0; n < plan.boards; n++) watch(boards[n].people + plan.members - 1, 0, EPOLL_CTL_DEL);
}

int main(int argc, char **argv) {
  if (argc < 5) fail("crowd PLAN PORT SERVER_PID STEP...");
  port = atoi(argv[2]);
  server_pid = atoi(argv[3]);
  read_plan(argv[1], &plan, &boards, &people);
  epoll = epoll_create1(0);
  setvbuf(stdout, 0, _IOLBF, 0);
  for (int n = 4; n < argc; n++) {
    double a = 0, b = 0;
    char kind[16] = "";
    sscanf(argv[n], "%15[a-z]:%lf:%lf", kind, &a, &b);
    if (!strcmp(kind, "connect")) come_in(a);
    else if (!strcmp(kind, "idle")) idle(a);
    else if (!strcmp(kind, "hand")) play("hand", a, 0, b);
    else if (!strcmp(kind, "rate")) play("rate", 0, a, b);
    else if (!strcmp(kind, "stop")) stop_reading();
    else fail("unknown step %s", argv[n]);
  }
}
