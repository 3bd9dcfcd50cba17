// with, async with and async for, run by the interpreter and by CPython.
#include <gtest/gtest.h>

#include "tests/scenarios/python_listing.h"

namespace loopscope::scenarios::test {
namespace {

TEST(PythonContext, Objects_without_the_protocols_are_refused_in_CPythons_words) {
  compare_listings({
      "with 5 as x:\n    print('in')\n",
      "with [], 3:\n    pass\n",
      "async def main():\n    async with 'a' as x:\n        print('in')\nasyncio.run(main())\n",
      "async def main():\n    async for x in [1]:\n        print('in')\nasyncio.run(main())\n",
      "async def main():\n    with asyncio.sleep(0):\n        print('in')\nasyncio.run(main())\n",
  });
}

}  // namespace
}  // namespace loopscope::scenarios::test
