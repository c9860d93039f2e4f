package dev.handfast.xa.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small file system that the kernel mounts in a namespace of its own: seen by those that are
 * started {@link #inside()}, and gone with the process that holds it, which ends with this one.
 */
final class SmallDisk implements AutoCloseable {

  /** What it is made of. */
  enum Kind {
    /** Needs no rights: the kernel lets every user mount one in a user namespace. */
    TMPFS("mount -t tmpfs -o size=4m none '%1$s'"),
    /** As TMPFS, with a directory {@code log}, and mounted for reading alone. */
    READ_ONLY(
        "mount -t tmpfs -o size=4m none '%1$s' && mkdir '%1$s/log' && mount -o remount,ro '%1$s'"),
    /** On a loop device, which only root can have. It goes read-only by its first error. */
    EXT4(
        "truncate -s 6M '%1$s.img' && mkfs.ext4 -q -F '%1$s.img' && mount -o loop,errors=remount-ro '%1$s.img' '%1$s'");

    private final String mount;

    Kind(String mount) {
      this.mount = mount;
    }
  }

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private final Path place;
  private final Process holder;

  private SmallDisk(Path place, Process holder) {
    this.place = place;
    this.holder = holder;
  }

  /** Mounts one; fails if the machine does not let it. */
  static SmallDisk mount(Kind kind, Path place) throws IOException {
    Files.createDirectories(place);
    Path errors = place.resolveSibling(place.getFileName() + ".log");
    String script = kind.mount.formatted(place) + " && echo mounted && exec cat";
    Process holder =
        new ProcessBuilder("unshare", ROOT ? "-m" : "-Urm", "sh", "-c", script)
            .redirectError(errors.toFile())
            .start();
    if (!"mounted".equals(holder.inputReader(StandardCharsets.UTF_8).readLine())) {
      holder.destroyForcibly();
      throw new AssertionError(
          "This test needs a small file system of its own, and could not mount one: "
              + Files.readString(errors).strip()
              + " ("
              + script
              + "). To solve this, run it on Linux with util-linux and e2fsprogs"
              + (kind == Kind.EXT4 ? ", as root, with a free loop device." : "."));
    }
    return new SmallDisk(place, holder);
  }

  Path place() {
    return place;
  }

  /** The words before a command that let it see this file system. */
  List<String> inside() {
    List<String> words = new ArrayList<>(List.of("nsenter", "-t", "" + holder.pid(), "-m"));
    words.addAll(ROOT ? List.of() : List.of("-U", "--preserve-credentials"));
    return words;
  }

  /** Takes all room but so many KiB. */
  void fill(int leftKiB) {
    run(
        "dd if=/dev/zero of=filler bs=1k 2>/dev/null; truncate -s -"
            + leftKiB
            + "K filler; sync .");
  }

  void makeRoom() {
    run("rm filler");
  }

  /** KiB that nobody uses, those included that are kept for root. */
  int free() {
    return Integer.parseInt(run("echo $(( $(stat -f -c '%f * %S' .) / 1024 ))").strip());
  }

  /** The kernel finds an error in the file system (ext4), and makes it read-only. */
  void damage() {
    run("d=$(findmnt -n -o SOURCE .) && echo 1 > /sys/fs/ext4/${d#/dev/}/trigger_fs_error");
  }

  /** What an administrator does then; nobody may use it. */
  void repair() {
    run("cd / && umount '%1$s' && { e2fsck -p '%1$s.img' || [ $? = 1 ]; }".formatted(place));
    run("mount -o loop,errors=remount-ro '%1$s.img' '%1$s'".formatted(place));
  }

  private String run(String script) {
    List<String> command = new ArrayList<>(inside());
    command.addAll(List.of("sh", "-c", "cd '" + place + "' && " + script));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends the holder, and with it the namespace and its mounts. */
  @Override
  public void close() {
    holder.destroyForcibly().onExit().join();
  }
}
