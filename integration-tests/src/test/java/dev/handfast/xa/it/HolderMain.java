package dev.handfast.xa.it;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Holds a log store until it is told to close, and then leaves the JVM to end by itself. */
final class HolderMain {

  private HolderMain() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Handfast handfast =
        Handfast.builder().nodeName("it-1").logStore(LogStore.file(Path.of(arguments[0]))).start();
    answers.println("started");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String order = orders.readLine();
    while ("status".equals(order)) {
      handfast.recovery().status();
      answers.println("looked");
      order = orders.readLine();
    }
    handfast.close();
  }
}
