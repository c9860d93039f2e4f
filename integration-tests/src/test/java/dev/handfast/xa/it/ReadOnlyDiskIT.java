package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log directory on a file system that is mounted for reading alone. */
final class ReadOnlyDiskIT {

  @TempDir Path directory;

  /** Starts on the directory that it is told, and prints why not. */
  public static final class Starter {

    private Starter() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      try {
        Handfast.builder()
            .nodeName("it-1")
            .logStore(LogStore.file(Path.of(args[0])))
            .start()
            .close();
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String refusal(SmallDisk disk, String log) throws Exception {
    List<String> command = new ArrayList<>(disk.inside());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Starter.class.getName(), disk.place().resolve(log).toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void isNoMatterOfTheUsersRights() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(SmallDisk.Kind.READ_ONLY, directory.resolve("disk"))) {
      for (String log : List.of("log", "new")) {
        assertThat(refusal(disk, log))
            .contains("Read-only file system", "To solve this, mount that file system for writing")
            .doesNotContain("may not read and write it");
      }
    }
  }
}
