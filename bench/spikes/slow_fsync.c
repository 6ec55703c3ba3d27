/* A cheap disk: preloaded, it adds SLOW_FSYNC_MS milliseconds to each fsync and fdatasync. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void pause_first(void) {
    const char *text = getenv("SLOW_FSYNC_MS");
    long ms = text ? atol(text) : 0;
    struct timespec left = {ms / 1000, (ms % 1000) * 1000000L};
    while (ms > 0 && nanosleep(&left, &left) != 0) {
    }
}

int fsync(int descriptor) {
    pause_first();
    return (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
    pause_first();
    return (int)syscall(SYS_fdatasync, descriptor);
}
