// What the crowd is made of, the plan it reads, and the accounts of CPU and memory.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
#define SECOND 1000000000ull

struct text { u8 *at; size_t size; };
struct reply { struct text to, with; };
enum state { AWAY, DIALLING, KNOCKING, JOINING, LIVE };

struct person {
  struct board *board;
  int fd;
  enum state state;
  struct text request, ready_when, *hellos;
  struct reply *replies;
  u32 n_hellos, n_replies, first_version, version, counting;
  u8 *partial, *unsent;  // a frame that has not wholly come, and what the socket did not take yet
  size_t partial_size, unsent_size, unsent_from;
};

struct board {
  struct person *people;  // the first of them acts
  struct text *acts;
  u64 *due;
  u32 *reached;     // by how many people: of an act, or of a version of ours
  u32 *version_of;  // ours: the version that showed an act
  u32 sent, saved, done, in_hand;
};

struct plan { u32 ours, binary, boards, members, acts; };

static void fail(const char *why, ...) {
  va_list args;
  va_start(args, why);
  fprintf(stderr, "crowd: ");
  vfprintf(stderr, why, args);
  fprintf(stderr, "\n");
  exit(1);
}

static u64 now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static double own_cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int starts_with(const u8 *text, size_t size, struct text with) {
  return with.size && size >= with.size && !memcmp(text, with.at, with.size);
}

static int starts(const u8 *text, size_t size, const char *with) {
  return starts_with(text, size, (struct text){(u8 *)with, strlen(with)});
}

// ---- accounts

static double cpu_seconds(int pid) {
  char path[300];
  double seconds = 0;
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *tasks = opendir(path);
  for (struct dirent *task; tasks && (task = readdir(tasks));) {
    unsigned long long ns;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, task->d_name);
    FILE *file = task->d_name[0] == '.' ? 0 : fopen(path, "r");
    if (!file) continue;
    if (fscanf(file, "%llu", &ns) == 1) seconds += ns / 1e9;
    fclose(file);
  }
  if (tasks) closedir(tasks);
  return seconds;
}

static long rss_kb(int pid) {
  char path[64], line[256];
  long kb = 0;
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  FILE *file = fopen(path, "r");
  while (file && fgets(line, sizeof line, file))
    if (sscanf(line, "VmRSS: %ld", &kb) == 1) break;
  if (file) fclose(file);
  return kb;
}

// What both CPUs did in all, what was stolen from them too: less the server's and ours it is what others took.
struct noise { double seconds; };

static struct noise noise_now(void) {
  struct noise all = {0};
  char line[256];
  FILE *file = fopen("/proc/stat", "r");
  while (file && fgets(line, sizeof line, file)) {
    double user, nice, system, rest, waiting, irq, soft, steal;
    if (strncmp(line, "cpu", 3) || line[3] == ' ') continue;
    sscanf(line, "%*s %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system, &rest, &waiting, &irq, &soft, &steal);
    all.seconds += (user + nice + system + irq + soft + steal) / sysconf(_SC_CLK_TCK);
  }
  if (file) fclose(file);
  return all;
}

static double noise_since(struct noise then) { return noise_now().seconds - then.seconds; }

// ---- the plan: numbers of 32 bits, and texts behind their length

static u8 *reading;

static u32 number(void) {
  u32 n;
  memcpy(&n, reading, sizeof n);
  reading += sizeof n;
  return n;
}

static struct text text(void) {
  struct text t = {0};
  t.size = number();
  t.at = reading;
  reading += t.size;
  return t;
}

static struct text framed(const u8 *payload, size_t size, int opcode) {
  static const u8 mask[4] = {0x5a, 0x17, 0xc3, 0x8e};
  struct text frame = {malloc(size + 14), 0};
  u8 *at = frame.at;
  *at++ = 0x80 | opcode;
  if (size < 126) *at++ = 0x80 | size;
  else { *at++ = 0x80 | 126; *at++ = size >> 8; *at++ = size; }
  memcpy(at, mask, 4);
  at += 4;
  for (size_t n = 0; n < size; n++) *at++ = payload[n] ^ mask[n & 3];
  frame.size = at - frame.at;
  return frame;
}

static struct text frame(int binary) {
  struct text payload = text();
  return framed(payload.at, payload.size, binary ? 2 : 1);
}

static void read_plan(const char *path, struct plan *plan, struct board **boards, struct person **people) {
  struct stat about;
  int file = open(path, O_RDONLY);
  if (file < 0 || fstat(file, &about)) fail("cannot read %s", path);
  reading = mmap(0, about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  plan->ours = number();
  plan->binary = number();
  plan->boards = number();
  plan->members = number();
  plan->acts = number();
  *boards = calloc(plan->boards, sizeof **boards);
  *people = calloc(plan->boards * plan->members, sizeof **people);
  for (u32 n = 0; n < plan->boards; n++) {
    struct board *b = *boards + n;
    b->people = *people + n * plan->members;
    for (struct person *p = b->people; p < b->people + plan->members; p++) {
      p->board = b;
      p->request = text();
      p->ready_when = text();
      p->hellos = calloc(p->n_hellos = number(), sizeof *p->hellos);
      for (u32 k = 0; k < p->n_hellos; k++) p->hellos[k] = frame(plan->binary);
      p->replies = calloc(p->n_replies = number(), sizeof *p->replies);
      for (u32 k = 0; k < p->n_replies; k++) { p->replies[k].to = text(); p->replies[k].with = frame(plan->binary); }
    }
    b->acts = calloc(plan->acts, sizeof *b->acts);
    b->due = calloc(plan->acts, sizeof *b->due);
    b->reached = calloc(plan->acts + 1024, sizeof *b->reached);
    b->version_of = calloc(plan->acts, sizeof *b->version_of);
    for (u32 k = 0; k < plan->acts; k++) b->acts[k] = frame(plan->binary);
  }
}
