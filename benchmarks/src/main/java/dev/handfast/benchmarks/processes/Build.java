package dev.handfast.benchmarks.processes;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One of the two builds that are compared.
 *
 * @param jvm has its jars on the class path, and all else that this JVM has
 */
public record Build(String name, MeasurementJvm jvm) {

  private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m");

  /**
   * The build whose jars are given, in place of those that this JVM has.
   *
   * @param jars of Handfast, as a class path
   */
  public static Build of(String name, String jars) throws IOException, URISyntaxException {
    List<String> classPath = new ArrayList<>(entries(jars));
    for (String jar : classPath) {
      if (!Files.isReadable(Path.of(jar))) {
        throw new IOException("there is no " + jar);
      }
    }
    List<Path> replaced = new ArrayList<>();
    for (Class<?> type : List.of(Handfast.class, JdbcResource.class, ArtemisResource.class)) {
      replaced.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
    entries(System.getProperty("java.class.path")).stream()
        .filter(entry -> !replaced.contains(Path.of(entry).toAbsolutePath().normalize()))
        .forEach(classPath::add);
    return new Build(name, new MeasurementJvm(OPTIONS, String.join(File.pathSeparator, classPath)));
  }

  private static List<String> entries(String classPath) {
    return Arrays.asList(classPath.split(File.pathSeparator, -1));
  }
}
