// Stands between a process and the files of its database, and remembers what of them a disk would still hold after a power cut: the
// pages that a sync has made durable, in files of the same names below FORGETFUL_DISK_FOLDER. A sync can be made to fail as Linux does it:
// once, and the pages it could not write are taken for written from then on. Loaded with LD_PRELOAD.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { page = 4096, pages_at_most = 1 << 18 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// The name that the file has below FORGETFUL_DISK_FOLDER, if its path is FORGETFUL_DISK_FILES and perhaps an ending.
static int durable_path(int fd, const char *suffix, char *durable) {
  const char *files = getenv("FORGETFUL_DISK_FILES"), *folder = getenv("FORGETFUL_DISK_FOLDER");
  char link[64], path[PATH_MAX];
  if (!files || !folder) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  size_t start = strlen(files);
  if (strncmp(path, files, start) != 0) return 0;
  if (strcmp(path + start, "") != 0 && strcmp(path + start, "-wal") != 0) return 0;
  snprintf(durable, PATH_MAX, "%s/%s%s", folder, strrchr(path, '/') + 1, suffix);
  return 1;
}

// A byte for each page of the file: whether it was written to since it was last synced. Outlives the process, as the system's memory does.
static char *dirty_pages(int fd) {
  char path[PATH_MAX];
  if (!durable_path(fd, ".dirty", path)) return NULL;
  int map = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (map < 0 || REAL(ftruncate)(map, pages_at_most) < 0) abort();
  char *dirty = mmap(NULL, pages_at_most, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
  if (dirty == MAP_FAILED) abort();
  close(map);
  return dirty;
}

static void note_write(int fd, off_t offset, ssize_t length) {
  if (length <= 0) return;
  int error = errno;
  pthread_mutex_lock(&lock);
  char *dirty = dirty_pages(fd);
  if (dirty) {
    for (off_t each = offset / page; each <= (offset + length - 1) / page; each++) {
      if (each >= pages_at_most) abort();
      dirty[each] = 1;
    }
    munmap(dirty, pages_at_most);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
}

// The file FORGETFUL_DISK_ORDER holds an ending and a number: the so-manieth sync of the file with that ending fails.
static int fails_now(int fd) {
  const char *order = getenv("FORGETFUL_DISK_ORDER");
  char path[PATH_MAX], ending[64];
  int left = 0;
  FILE *file = order ? fopen(order, "r") : NULL;
  if (!file) return 0;
  int read = fscanf(file, "%63s %d", ending, &left);
  fclose(file);
  if (read != 2 || !durable_path(fd, "", path)) return 0;
  size_t length = strlen(path), end = strlen(ending);
  if (length < end || strcmp(path + length - end, ending) != 0) return 0;
  if (left <= 1) return unlink(order) == 0;
  file = fopen(order, "w");
  if (!file) abort();
  fprintf(file, "%s %d\n", ending, left - 1);
  fclose(file);
  return 0;
}

static void keep(int fd, char *dirty, const char *durable) {
  char bytes[page];
  struct stat facts;
  int copy = open(durable, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (copy < 0 || fstat(fd, &facts) < 0) abort();
  for (off_t each = 0; each < pages_at_most && each * page < facts.st_size; each++) {
    if (!dirty[each]) continue;
    ssize_t length = pread(fd, bytes, page, each * page);
    if (length > 0 && REAL(pwrite)(copy, bytes, length, each * page) != length) abort();
  }
  if (REAL(ftruncate)(copy, facts.st_size) < 0) abort();
  close(copy);
}

static int sync_file(int fd, int (*sync)(int)) {
  char durable[PATH_MAX];
  pthread_mutex_lock(&lock);
  char *dirty = dirty_pages(fd);
  int result = 0;
  if (!dirty) {
    pthread_mutex_unlock(&lock);
    return sync(fd);
  }
  if (fails_now(fd)) result = -1;
  else if (durable_path(fd, "", durable)) keep(fd, dirty, durable);
  memset(dirty, 0, pages_at_most);
  munmap(dirty, pages_at_most);
  pthread_mutex_unlock(&lock);
  if (result < 0) errno = EIO;
  return result;
}

int fsync(int fd) { return sync_file(fd, REAL(fsync)); }
int fdatasync(int fd) { return sync_file(fd, REAL(fdatasync)); }

ssize_t write(int fd, const void *bytes, size_t length) {
  ssize_t written = REAL(write)(fd, bytes, length);
  if (written > 0) note_write(fd, lseek(fd, 0, SEEK_CUR) - written, written);
  return written;
}

#define AT_OFFSET(name, offset_type, buffer_type, length_type)                         \
  ssize_t name(int fd, buffer_type bytes, length_type length, offset_type offset) {    \
    ssize_t written = REAL(name)(fd, bytes, length, offset);                           \
    note_write(fd, offset, written);                                                   \
    return written;                                                                    \
  }
AT_OFFSET(pwrite, off_t, const void *, size_t)
AT_OFFSET(pwrite64, off64_t, const void *, size_t)
AT_OFFSET(pwritev, off_t, const struct iovec *, int)
AT_OFFSET(pwritev64, off64_t, const struct iovec *, int)

// A file that is removed is gone at once: file systems keep their names in a log of their own.
int unlink(const char *path) {
  const char *files = getenv("FORGETFUL_DISK_FILES"), *folder = getenv("FORGETFUL_DISK_FOLDER");
  int result = REAL(unlink)(path);
  if (result == 0 && files && folder && strncmp(path, files, strlen(files)) == 0) {
    char durable[PATH_MAX];
    for (int dirty = 0; dirty < 2; dirty++) {
      snprintf(durable, sizeof durable, "%s/%s%s", folder, strrchr(path, '/') + 1, dirty ? ".dirty" : "");
      REAL(unlink)(durable);
    }
  }
  return result;
}
