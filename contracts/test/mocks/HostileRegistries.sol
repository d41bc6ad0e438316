// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Answers whatever a test wishes, to any question.
contract AnsweringRegistry {
    bytes private answer;

    constructor(bytes memory newAnswer) {
        answer = newAnswer;
    }

    fallback() external {
        bytes memory words = answer;
        assembly {
            return(add(words, 0x20), mload(words))
        }
    }
}

contract GasBurningRegistry {
    fallback() external {
        while (true) {}
    }
}
