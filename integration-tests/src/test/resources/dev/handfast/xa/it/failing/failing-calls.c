/*
 * The file calls of a process on what stands at or below FAIL_BELOW. Each is noted in the file
 * FAIL_TRACE, a line "CALL NAME"; the one of the number FAIL_AT of those named FAIL_CALL fails once
 * with the error number FAIL_WITH. A write fails halfway where no space is left. What was written
 * since the last force is gone after one that fails, as if its pages were dropped. FAIL_KILL calls
 * after it the process is killed; at 0 it is not.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 65536, NAME = 256 };

struct undo {
  struct undo *before;
  ino_t file;
  off64_t offset;
  ssize_t length;
  char bytes[];
};

static const char *below;
static const char *due;
static long at;
static int with;
static int trace = -1;
static long kill_after;
static atomic_long count;
static atomic_long since;
static char *names[FILES];
static ino_t inodes[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct undo *unforced;

#define NEXT(call)                                \
  static __typeof__(&call) next;                  \
  if (next == NULL) {                             \
    next = (__typeof__(&call))dlsym(RTLD_NEXT, #call); \
  }

__attribute__((constructor)) static void settings(void) {
  due = getenv("FAIL_CALL");
  at = atol(getenv("FAIL_AT"));
  with = atoi(getenv("FAIL_WITH"));
  kill_after = atol(getenv("FAIL_KILL"));
  trace = syscall(SYS_openat, AT_FDCWD, getenv("FAIL_TRACE"),
                  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (trace < 0) {
    abort();
  }
  below = getenv("FAIL_BELOW");
}

static const char *name_of(const char *path) {
  if (below == NULL || path == NULL) {
    return NULL;
  }
  size_t length = strlen(below);
  if (strncmp(path, below, length) != 0) {
    return NULL;
  }
  if (path[length] == 0) {
    return ".";
  }
  return path[length] == '/' ? path + length + 1 : NULL;
}

static const char *name_at(int directory, const char *path) {
  return directory == AT_FDCWD || path[0] == '/' ? name_of(path) : NULL;
}

static const char *name_in(int file) {
  return file >= 0 && file < FILES ? names[file] : NULL;
}

static int fails(const char *call, const char *name) {
  if (name == NULL) {
    return 0;
  }
  char line[2 * NAME];
  int length = snprintf(line, sizeof line, "%.200s %.200s\n", call, name);
  int now = strncmp(line, due, length - 1) == 0 && due[length - 1] == 0 &&
            atomic_fetch_add(&count, 1) + 1 == at;
  if (now) {
    length = snprintf(line, sizeof line, "failed %.200s %.200s\n", call, name);
  }
  if ((now || since > 0) && kill_after > 0 && atomic_fetch_add(&since, 1) == kill_after) {
    syscall(SYS_kill, getpid(), SIGKILL);
  }
  syscall(SYS_write, trace, line, length);
  if (now) {
    errno = with;
  }
  return now;
}

static int opened(int file, const char *name) {
  if (name != NULL && file >= 0 && file < FILES) {
    struct stat64 status;
    names[file] = strdup(name);
    inodes[file] = syscall(SYS_fstat, file, &status) == 0 ? status.st_ino : 0;
  }
  return file;
}

/* The bytes of the file go back to what they were, or only what is remembered of them goes. */
static void forget(int file, int lost) {
  struct undo **link = &unforced;
  while (*link != NULL) {
    struct undo *old = *link;
    if (old->file != inodes[file]) {
      link = &old->before;
      continue;
    }
    if (lost && old->length > 0) {
      syscall(SYS_pwrite64, file, old->bytes, old->length, old->offset);
    }
    *link = old->before;
    free(old);
  }
}

static int opened_at(int directory, const char *path, int flags, mode_t mode) {
  const char *name = name_at(directory, path);
  if (fails(flags & O_CREAT ? "create" : "open", name)) {
    return -1;
  }
  NEXT(openat64)
  int file = opened(next(directory, path, flags, mode), name);
  if (name_in(file) != NULL && flags & O_CREAT) {
    pthread_mutex_lock(&lock);
    forget(file, 0); /* of another file that had this inode */
    pthread_mutex_unlock(&lock);
  }
  return file;
}

static mode_t mode_of(int flags, va_list more) {
  return flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

#define OPEN(call)                                  \
  int call(const char *path, int flags, ...) {      \
    va_list more;                                   \
    va_start(more, flags);                          \
    mode_t mode = mode_of(flags, more);             \
    va_end(more);                                   \
    return opened_at(AT_FDCWD, path, flags, mode);  \
  }
OPEN(open)
OPEN(open64)

#define OPEN_AT(call)                                       \
  int call(int directory, const char *path, int flags, ...) { \
    va_list more;                                           \
    va_start(more, flags);                                  \
    mode_t mode = mode_of(flags, more);                     \
    va_end(more);                                           \
    return opened_at(directory, path, flags, mode);         \
  }
OPEN_AT(openat)
/* openat64 is what they come to: it must stay the C library's. */

int __open_2(const char *path, int flags) { return opened_at(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened_at(AT_FDCWD, path, flags, 0); }

int close(int file) {
  char *name = file >= 0 && file < FILES ? names[file] : NULL;
  int now = fails("close", name);
  if (name != NULL) {
    names[file] = NULL;
    free(name);
  }
  NEXT(close)
  int result = next(file);
  if (now) {
    errno = with;
  }
  return now ? -1 : result;
}

#define READ(call, parameters, arguments)  \
  ssize_t call parameters {                \
    if (fails("read", name_in(file))) {    \
      return -1;                           \
    }                                      \
    NEXT(call)                             \
    return next arguments;                 \
  }
READ(read, (int file, void *into, size_t size), (file, into, size))
READ(pread64, (int file, void *into, size_t size, off64_t offset), (file, into, size, offset))
READ(readv, (int file, const struct iovec *into, int parts), (file, into, parts))

static void remember(int file, size_t size, off64_t offset) {
  struct undo *old = calloc(1, sizeof *old + size);
  old->file = inodes[file];
  old->offset = offset;
  old->length = syscall(SYS_pread64, file, old->bytes, size, offset);
  old->before = unforced;
  unforced = old;
}

static ssize_t written(int file, const void *from, size_t size, off64_t offset) {
  pthread_mutex_lock(&lock);
  int now = fails("write", name_in(file));
  ssize_t result = -1;
  remember(file, size, offset);
  if (!now || with == ENOSPC) {
    result = syscall(SYS_pwrite64, file, from, now ? size / 2 : size, offset);
  }
  pthread_mutex_unlock(&lock);
  if (now) {
    errno = with;
  }
  return now ? -1 : result;
}

ssize_t pwrite64(int file, const void *from, size_t size, off64_t offset) {
  if (name_in(file) != NULL) {
    return written(file, from, size, offset);
  }
  NEXT(pwrite64)
  return next(file, from, size, offset);
}

ssize_t write(int file, const void *from, size_t size) {
  if (name_in(file) != NULL) {
    int flags = syscall(SYS_fcntl, file, F_GETFL);
    off64_t offset = syscall(SYS_lseek, file, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t result = written(file, from, size, offset);
    if (result > 0) {
      syscall(SYS_lseek, file, offset + result, SEEK_SET);
    }
    return result;
  }
  NEXT(write)
  return next(file, from, size);
}

#define FORCE(call)                          \
  int call(int file) {                       \
    const char *name = name_in(file);        \
    NEXT(call)                               \
    if (name == NULL) {                      \
      return next(file);                     \
    }                                        \
    pthread_mutex_lock(&lock);               \
    int now = fails("force", name);          \
    int result = now ? -1 : next(file);      \
    forget(file, now);                       \
    pthread_mutex_unlock(&lock);             \
    if (now) {                               \
      errno = with;                          \
    }                                        \
    return result;                           \
  }
FORCE(fsync)
FORCE(fdatasync)

#define ON_FILE(result, call, kind, parameters, arguments) \
  result call parameters {                                 \
    if (fails(kind, name_in(file))) {                      \
      return -1;                                           \
    }                                                      \
    NEXT(call)                                             \
    return next arguments;                                 \
  }
ON_FILE(int, ftruncate64, "truncate", (int file, off64_t length), (file, length))
ON_FILE(int, posix_fallocate64, "allocate", (int file, off64_t offset, off64_t length),
        (file, offset, length))
ON_FILE(int, fallocate64, "allocate", (int file, int mode, off64_t offset, off64_t length),
        (file, mode, offset, length))
ON_FILE(int, fstat64, "stat", (int file, struct stat64 *into), (file, into))
ON_FILE(int, futimens, "touch", (int file, const struct timespec times[2]), (file, times))
ON_FILE(int, futimes, "touch", (int file, const struct timeval times[2]), (file, times))
ON_FILE(int, fchmod, "chmod", (int file, mode_t mode), (file, mode))

#define ON_PATH(result, call, kind, parameters, arguments) \
  result call parameters {                                 \
    if (fails(kind, name_of(path))) {                      \
      return (result)-1;                                   \
    }                                                      \
    NEXT(call)                                             \
    return next arguments;                                 \
  }
ON_PATH(int, stat64, "stat", (const char *path, struct stat64 *into), (path, into))
ON_PATH(int, lstat64, "stat", (const char *path, struct stat64 *into), (path, into))
ON_PATH(int, statvfs64, "statvfs", (const char *path, struct statvfs64 *into), (path, into))
ON_PATH(int, access, "access", (const char *path, int mode), (path, mode))
ON_PATH(int, mkdir, "mkdir", (const char *path, mode_t mode), (path, mode))
ON_PATH(int, chmod, "chmod", (const char *path, mode_t mode), (path, mode))
ON_PATH(int, unlink, "unlink", (const char *path), (path))
ON_PATH(int, rmdir, "rmdir", (const char *path), (path))
ON_PATH(ssize_t, readlink, "readlink", (const char *path, char *into, size_t size),
        (path, into, size))
ON_PATH(int, utimes, "touch", (const char *path, const struct timeval times[2]), (path, times))
ON_PATH(int, lutimes, "touch", (const char *path, const struct timeval times[2]), (path, times))

#define TO_PATH(call, kind)                         \
  int call(const char *from, const char *path) {    \
    if (fails(kind, name_of(path))) {               \
      return -1;                                    \
    }                                               \
    NEXT(call)                                      \
    return next(from, path);                        \
  }
TO_PATH(rename, "rename")
TO_PATH(link, "link")
TO_PATH(symlink, "link")

int fstatat64(int directory, const char *path, struct stat64 *into, int flags) {
  if (fails("stat", name_at(directory, path))) {
    return -1;
  }
  NEXT(fstatat64)
  return next(directory, path, into, flags);
}

int statx(int directory, const char *path, int flags, unsigned mask, struct statx *into) {
  const char *name = path[0] == 0 ? name_in(directory) : name_at(directory, path);
  if (fails("stat", name)) {
    return -1;
  }
  NEXT(statx)
  return next(directory, path, flags, mask, into);
}

int unlinkat(int directory, const char *path, int flags) {
  if (fails("unlink", name_at(directory, path))) {
    return -1;
  }
  NEXT(unlinkat)
  return next(directory, path, flags);
}

int utimensat(int directory, const char *path, const struct timespec times[2], int flags) {
  if (fails("touch", name_at(directory, path))) {
    return -1;
  }
  NEXT(utimensat)
  return next(directory, path, times, flags);
}

/* As programs call them that were built with an older C library. */
int __xstat64(int version, const char *path, struct stat64 *into) {
  (void)version;
  return stat64(path, into);
}

int __lxstat64(int version, const char *path, struct stat64 *into) {
  (void)version;
  return lstat64(path, into);
}

int __fxstat64(int version, int file, struct stat64 *into) {
  (void)version;
  return fstat64(file, into);
}

int __fxstatat64(int version, int directory, const char *path, struct stat64 *into, int flags) {
  (void)version;
  return fstatat64(directory, path, into, flags);
}

DIR *opendir(const char *path) {
  if (fails("list", name_of(path))) {
    return NULL;
  }
  NEXT(opendir)
  return next(path);
}

static int locked(int (*next)(int, int, ...), int file, int command, void *argument) {
  int takes = command == F_SETLK || command == F_SETLKW;
  return takes && fails("lock", name_in(file)) ? -1 : next(file, command, argument);
}

#define FCNTL(call)                            \
  int call(int file, int command, ...) {       \
    va_list more;                              \
    va_start(more, command);                   \
    void *argument = va_arg(more, void *);     \
    va_end(more);                              \
    NEXT(call)                                 \
    return locked(next, file, command, argument); \
  }
FCNTL(fcntl)
FCNTL(fcntl64)
