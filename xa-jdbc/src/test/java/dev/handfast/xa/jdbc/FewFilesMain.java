package dev.handfast.xa.jdbc;

import dev.handfast.xa.Handfast;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Starts again and again, each time with one file more to be had, until it works, and prints what
 * was said each time: the refusal, and whether it or only a cause of it tells the reason.
 */
final class FewFilesMain {

  private static final String REASON = "Too many open files";
  private static final int MOST = 40;

  private FewFilesMain() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Path password = Files.writeString(directory.resolve("password"), "secret");
    start(directory, password); // with all files, so that every class is loaded
    Deque<FileInputStream> files = new ArrayDeque<>();
    for (int free = 0; free <= MOST; free++) {
      fill(files);
      for (int i = 0; i < free; i++) {
        files.pop().close();
      }
      String said = said(directory, password);
      System.out.println(said.replaceAll("\\s+", " "));
      if (said.equals("started")) {
        return;
      }
    }
  }

  private static void fill(Deque<FileInputStream> files) throws IOException {
    try {
      while (true) {
        files.push(new FileInputStream("/dev/null"));
      }
    } catch (FileNotFoundException e) {
      return;
    }
  }

  private static String said(Path directory, Path password) {
    try {
      start(directory, password);
      return "started";
    } catch (RuntimeException | Error e) {
      boolean told = String.valueOf(e.getMessage()).contains(REASON);
      String chain = told ? "told: " : inChain(e) ? "ONLY IN A CAUSE: " : "NOT TOLD: ";
      return chain + e;
    }
  }

  private static boolean inChain(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (String.valueOf(at.getMessage()).contains(REASON)) {
        return true;
      }
    }
    return false;
  }

  private static void start(Path directory, Path password) {
    Map<String, String> keys =
        Map.of(
            "handfast.node-name", "few-1",
            "handfast.log-store.directory", directory.resolve("log").toString(),
            "handfast.log-store.allow-ram-disk", "true",
            "handfast.control.enabled", "false",
            "handfast.datasource.orders.url", "jdbc:h2:file:" + directory.resolve("orders"),
            "handfast.datasource.orders.username", "shop",
            "handfast.datasource.orders.password-file", password.toString());
    Handfast.start(keys).close();
  }
}
