/*
 * A disk that fails when it is told to, for one program: loaded before the C library (LD_PRELOAD), it stands
 * between the program and the calls that write to files whose path contains FAULT_FILES.
 *
 * FAULT_CONTROL names a file that is mapped by the program and by who tests it (see soak/disk.py). FAULT_UNDO names
 * a folder: there is kept what each file held before every write that no fsync has followed yet. After the program
 * was killed, who tests it puts that back, as a power loss would have.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITES = 1, SYNCS = 2 };

struct control {
    int32_t countdown; /* how many more calls succeed; the next fails; below 0 none does */
    int32_t error;     /* errno of the failure */
    int32_t times;     /* how many calls fail one after the other */
    int32_t kinds;     /* WRITES, SYNCS or both */
    int32_t failed;    /* how many have failed so far */
    int32_t calls;     /* how many calls there were */
};

struct record {
    int64_t size;   /* of the file before */
    int64_t offset; /* what follows stood here */
    int64_t length;
};

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);
static struct control *control;
static const char *files, *undo;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    files = getenv("FAULT_FILES");
    undo = getenv("FAULT_UNDO");
    const char *path = getenv("FAULT_CONTROL");
    int fd = path ? open(path, O_RDWR) : -1;
    if (fd >= 0) {
        void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        control = mapped == MAP_FAILED ? NULL : mapped;
        close(fd);
    }
}

/* SQLite's index of its log is shared memory and survives nothing: its name ends with -shm. */
static int is_ours(int fd) {
    char link[64], path[PATH_MAX];
    if (!files) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 4) return 0;
    path[length] = 0;
    return strstr(path, files) && strcmp(path + length - 4, "-shm") != 0;
}

static int fails(int kind) {
    int failing = 0;
    if (!control) return 0;
    pthread_mutex_lock(&lock);
    control->calls++;
    if (control->countdown >= 0 && (control->kinds & kind)) {
        if (control->countdown > 0) {
            control->countdown--;
        } else if (control->times > 0) {
            control->times--;
            control->failed++;
            failing = 1;
        } else {
            control->countdown = -1;
        }
    }
    pthread_mutex_unlock(&lock);
    if (failing) errno = control->error;
    return failing;
}

static int undo_file(int fd, int flags) {
    char path[PATH_MAX];
    struct stat64 status;
    if (!undo || fstat64(fd, &status) != 0) return -1;
    snprintf(path, sizeof path, "%s/%llu", undo, (unsigned long long)status.st_ino);
    return open(path, flags | O_CLOEXEC, 0600);
}

/* Note what stands where something is going to be written. */
static void keep(int fd, off64_t offset, size_t length) {
    struct stat64 status;
    pthread_mutex_lock(&lock);
    int to = undo_file(fd, O_WRONLY | O_CREAT | O_APPEND);
    if (to >= 0 && fstat64(fd, &status) == 0) {
        char *before = malloc(sizeof(struct record) + length + 1);
        struct record *head = (struct record *)before;
        ssize_t had = pread64(fd, before + sizeof *head, length, offset);
        head->size = status.st_size;
        head->offset = offset;
        head->length = had > 0 ? had : 0;
        /* One call: a kill does not come amid it. */
        if (real_write(to, before, sizeof *head + head->length) < 0) abort();
        free(before);
    }
    if (to >= 0) close(to);
    pthread_mutex_unlock(&lock);
}

/* All that was written to a file so far is on the disk. */
static void settle(int fd) {
    int to = undo_file(fd, O_WRONLY | O_TRUNC);
    if (to >= 0) close(to);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    if (!is_ours(fd)) return real_pwrite(fd, data, length, offset);
    if (fails(WRITES)) return -1;
    keep(fd, offset, length);
    return real_pwrite(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    return pwrite64(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
    if (!is_ours(fd)) return real_write(fd, data, length);
    if (fails(WRITES)) return -1;
    off64_t offset = lseek64(fd, 0, SEEK_CUR);
    keep(fd, offset < 0 ? 0 : offset, length);
    return real_write(fd, data, length);
}

int ftruncate64(int fd, off64_t size) {
    struct stat64 status;
    if (is_ours(fd)) {
        if (fails(WRITES)) return -1;
        if (fstat64(fd, &status) == 0 && status.st_size > size) keep(fd, size, status.st_size - size);
    }
    return real_ftruncate(fd, size);
}

int ftruncate(int fd, off_t size) {
    return ftruncate64(fd, size);
}

int fsync(int fd) {
    if (!is_ours(fd)) return real_fsync(fd);
    if (fails(SYNCS)) return -1;
    settle(fd);
    return 0;
}

int fdatasync(int fd) {
    if (!is_ours(fd)) return real_fdatasync(fd);
    if (fails(SYNCS)) return -1;
    settle(fd);
    return 0;
}
