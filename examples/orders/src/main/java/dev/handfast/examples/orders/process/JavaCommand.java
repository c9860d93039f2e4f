package dev.handfast.examples.orders.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class with its arguments, run by the Java of this process.
 *
 * @param name for messages and logs
 * @param classPath in its order
 * @param main the class
 * @param heapMegabytes the largest heap
 * @param arguments of the main method
 */
public record JavaCommand(
    String name, List<String> classPath, Class<?> main, int heapMegabytes, List<String> arguments) {

  public JavaCommand {
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /** The class path of this process. */
  public static List<String> ownClassPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx" + heapMegabytes + "m");
    line.add("-XX:+UseSerialGC");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-Djava.util.logging.config.class=" + LogSettings.class.getName());
    line.add("-Dorg.jboss.logging.provider=jdk");
    line.add("-cp");
    line.add(String.join(File.pathSeparator, classPath));
    line.add(main.getName());
    line.addAll(arguments);
    return line;
  }
}
