// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SmartWallet} from "./SmartWallet.sol";

/// @notice Deploys wallets where one can know beforehand that they will be.
contract WalletFactory {
    function deploy(address owner) external returns (address) {
        return address(new SmartWallet{salt: 0}(owner));
    }

    function addressOf(address owner) external view returns (address) {
        bytes32 codeHash = keccak256(bytes.concat(type(SmartWallet).creationCode, abi.encode(owner)));
        return address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), bytes32(0), codeHash)))));
    }
}

/// @notice Answers an EIP-1271 question as a test wishes.
contract AnsweringWallet {
    bytes private answer;
    bool private reverts;

    constructor(bytes memory newAnswer, bool newReverts) {
        (answer, reverts) = (newAnswer, newReverts);
    }

    fallback() external {
        bytes memory words = answer;
        bool failing = reverts;
        assembly {
            if failing { revert(add(words, 0x20), mload(words)) }
            return(add(words, 0x20), mload(words))
        }
    }
}

/// @notice Makes a call when it is prepared for its first signature, and from then on takes any.
contract ReenteringWallet {
    address private immutable target;
    bool private ready;
    bool public succeeded;
    bytes public answer;

    constructor(address newTarget) {
        target = newTarget;
    }

    function prepare(bytes calldata data) external {
        (succeeded, answer) = target.call(data);
        ready = true;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        return ready ? bytes4(0x1626ba7e) : bytes4(0);
    }
}
