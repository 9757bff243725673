/* Loaded before the C library under the server, so that the very SQLite it runs on meets a disk that a test controls.
 *
 * Everything that is done to the files of one folder is written down, with when it began and ended; a flush or a write
 * fails, or takes long, when the test asks for it; the clock of the day can be moved. Awake only where DISK_SHIM names
 * a folder with the file `control`, which test and server both have in memory. Read by `disk.py`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

struct control {
  int64_t fail_syncs, sync_errno; /* how many from now on, -1 for all */
  int64_t fail_writes, write_errno;
  int64_t sync_takes_us, clock_ahead_ns;
  int64_t failed; /* so far */
};

struct record {
  int64_t what, handle, began, ended, offset, size, result; /* `size` bytes follow */
};

enum { OPENED = 1, WROTE, CUT, FLUSHED, REMOVED, RENAMED };
enum { MOST = 4096 };

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static volatile struct control *control;
static char folder[PATH_MAX];
static int trace = -1;
static int64_t handles[MOST], last_handle;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int64_t now(void) {
  struct timespec at;
  REAL(clock_gettime)(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static int awake(void) {
  if (control) return 1;
  const char *shim = getenv("DISK_SHIM"), *of = getenv("DISK_SHIM_OF");
  if (!shim || !of) return 0;
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/control", shim);
  int fd = REAL(open)(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return 0;
  void *shared = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  REAL(close)(fd);
  if (shared == MAP_FAILED) return 0;
  snprintf(path, sizeof path, "%s/trace", shim);
  trace = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  snprintf(folder, sizeof folder, "%s", of);
  control = shared;
  return 1;
}

static void note(int64_t what, int64_t handle, int64_t began, int64_t offset, const void *bytes, size_t size, int64_t result) {
  struct record head = {what, handle, began, now(), offset, (int64_t)size, result};
  REAL(write)(trace, &head, sizeof head);
  if (size) REAL(write)(trace, bytes, size);
}

/* What the file is called within the folder: "" for the folder itself, NULL for everything else, deeper things too. */
static const char *ours(const char *path) {
  size_t length = strlen(folder);
  if (strncmp(path, folder, length)) return NULL;
  if (!path[length]) return "";
  if (path[length] != '/') return NULL;
  const char *name = path + length + 1, *shared = strstr(name, "-shm"); /* the index in memory is on no disk */
  return strchr(name, '/') || (shared && !shared[4]) ? NULL : name;
}

static int64_t handle_of(int fd) { return fd >= 0 && fd < MOST && control ? handles[fd] : 0; }

static int opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= MOST || !awake()) return fd;
  const char *name = ours(path);
  if (!name) return fd;
  pthread_mutex_lock(&one_at_a_time);
  handles[fd] = ++last_handle;
  note(OPENED, handles[fd], now(), 0, name, strlen(name), flags & O_TRUNC);
  pthread_mutex_unlock(&one_at_a_time);
  return fd;
}

#define OPEN(name)                                             \
  int name(const char *path, int flags, ...) {                 \
    va_list more;                                              \
    va_start(more, flags);                                     \
    mode_t mode = va_arg(more, mode_t);                        \
    va_end(more);                                              \
    return opened(REAL(name)(path, flags, mode), path, flags); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                 \
  int name(int at, const char *path, int flags, ...) {               \
    va_list more;                                                    \
    va_start(more, flags);                                           \
    mode_t mode = va_arg(more, mode_t);                              \
    va_end(more);                                                    \
    return opened(REAL(name)(at, path, flags, mode), path, flags);   \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  if (handle_of(fd)) handles[fd] = 0;
  return REAL(close)(fd);
}

static int fails(volatile int64_t *left, int64_t error) {
  if (!*left) return 0;
  if (*left > 0) --*left;
  ++control->failed;
  errno = (int)error;
  return 1;
}

#define WRITE(CALL, AT)                                                    \
  int64_t handle = handle_of(fd);                                          \
  if (!handle) return CALL;                                                \
  pthread_mutex_lock(&one_at_a_time);                                      \
  int64_t began = now();                                                   \
  ssize_t done = -1;                                                       \
  if (!fails(&control->fail_writes, control->write_errno)) {               \
    off_t at = AT;                                                         \
    done = CALL;                                                           \
    if (done > 0) note(WROTE, handle, began, at, bytes, (size_t)done, 0);  \
  }                                                                        \
  pthread_mutex_unlock(&one_at_a_time);                                    \
  return done;

ssize_t write(int fd, const void *bytes, size_t size) { WRITE(REAL(write)(fd, bytes, size), lseek(fd, 0, SEEK_CUR)) }
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t where) { WRITE(REAL(pwrite)(fd, bytes, size, where), where) }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t where) { WRITE(REAL(pwrite64)(fd, bytes, size, where), where) }

#define NOTED(CALL, WHAT, OFFSET)                       \
  int64_t handle = handle_of(fd);                       \
  if (!handle) return CALL;                             \
  pthread_mutex_lock(&one_at_a_time);                   \
  int64_t began = now();                                \
  int done = CALL;                                      \
  if (!done) note(WHAT, handle, began, OFFSET, "", 0, 0); \
  pthread_mutex_unlock(&one_at_a_time);                 \
  return done;

int ftruncate(int fd, off_t size) { NOTED(REAL(ftruncate)(fd, size), CUT, size) }
int ftruncate64(int fd, off64_t size) { NOTED(REAL(ftruncate64)(fd, size), CUT, size) }

#define FLUSH(name)                                                       \
  int name(int fd) {                                                      \
    int64_t handle = handle_of(fd);                                       \
    if (!handle) return REAL(name)(fd);                                   \
    pthread_mutex_lock(&one_at_a_time);                                   \
    int64_t began = now();                                                \
    if (control->sync_takes_us) usleep((useconds_t)control->sync_takes_us); \
    int done = fails(&control->fail_syncs, control->sync_errno) ? -1 : 0;  \
    int error = errno;                                                    \
    note(FLUSHED, handle, began, 0, "", 0, done);                         \
    pthread_mutex_unlock(&one_at_a_time);                                 \
    errno = error;                                                        \
    return done;                                                          \
  }
FLUSH(fsync)
FLUSH(fdatasync)

int unlink(const char *path) {
  const char *name = awake() ? ours(path) : NULL;
  if (!name) return REAL(unlink)(path);
  pthread_mutex_lock(&one_at_a_time);
  int64_t began = now();
  int done = REAL(unlink)(path);
  if (!done) note(REMOVED, 0, began, 0, name, strlen(name), 0);
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}

int rename(const char *from, const char *to) {
  const char *old = awake() ? ours(from) : NULL, *name = old ? ours(to) : NULL;
  if (!name) return REAL(rename)(from, to);
  char both[2 * PATH_MAX];
  size_t size = (size_t)snprintf(both, sizeof both, "%s/%s", old, name);
  pthread_mutex_lock(&one_at_a_time);
  int64_t began = now();
  int done = REAL(rename)(from, to);
  if (!done) note(RENAMED, 0, began, 0, both, size, 0);
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}

int clock_gettime(clockid_t which, struct timespec *at) {
  int done = REAL(clock_gettime)(which, at);
  if (!done && which == CLOCK_REALTIME && control && control->clock_ahead_ns) {
    int64_t moved = at->tv_sec * 1000000000LL + at->tv_nsec + control->clock_ahead_ns;
    at->tv_sec = moved / 1000000000LL;
    at->tv_nsec = moved % 1000000000LL;
  }
  return done;
}
