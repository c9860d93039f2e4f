package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.config.ConfigurationException;
import java.lang.reflect.InvocationTargetException;
import javax.sql.XADataSource;

/**
 * Names the XADataSource of a driver that the application brings along. This module does not need
 * the driver to be compiled, and uses it by reflection.
 *
 * @param className of the driver's XADataSource
 */
public record DriverSource(String className) {

  /** Sets the properties of a new data source. */
  @FunctionalInterface
  public interface Setup {
    void accept(Class<?> type, Object source) throws ReflectiveOperationException;
  }

  /** Whether a data source is of this driver. */
  public boolean made(XADataSource source) {
    return source.getClass().getName().equals(className);
  }

  /** Answers the text that a getter of the driver's data source gives. */
  public static String get(XADataSource source, String getter) throws ReflectiveOperationException {
    return String.valueOf(source.getClass().getMethod(getter).invoke(source));
  }

  /**
   * Makes a data source.
   *
   * @param refused what to say if the driver refuses a property
   * @param absent what to say if the driver is not there
   * @throws ConfigurationException with one of these texts
   */
  public XADataSource create(Setup setup, String refused, String absent) {
    try {
      Class<?> type = Class.forName(className, true, DriverSource.class.getClassLoader());
      Object source = type.getConstructor().newInstance();
      setup.accept(type, source);
      return (XADataSource) source;
    } catch (InvocationTargetException e) {
      throw new ConfigurationException(refused, e);
    } catch (ReflectiveOperationException e) {
      throw new ConfigurationException(absent, e);
    }
  }
}
